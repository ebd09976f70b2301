# Knows the task of a watch: at its interval, and at once when Windows logs an event that tells of want of ports.

function Register-WatchTask {
    <#
    .SYNOPSIS
    Registers the task. Gives nothing, or the fault.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $script = [System.IO.Path]::Combine($ModuleRoot, 'tasks', 'Step-PortWatch.ps1')
    # A repetition of a time trigger goes on after a restart by itself.
    $xml = New-SystemTaskXml -Script $script -Argument @() -IntervalMinutes $State.intervalMinutes -EventId 4227, 4231, 4266 -NoBootTrigger
    $answer = Register-SystemTask -Name $State.task -Xml $xml
    if (-not $answer.Succeeded) {
        return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)' could not be registered: $($answer.Reason)"
    }
}
