# Knows the task of a watch: at its interval, and at once when Windows logs an event that tells of want of ports.

function Register-WatchTask {
    <#
    .SYNOPSIS
    Registers the task. Gives nothing, or the fault.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $limit = (Get-WatchConstant).StepMinutes
    # A repetition of a time trigger goes on after a restart by itself.
    $xml = New-SystemTaskXml -Script $State.script -Argument @() -IntervalMinutes $State.intervalMinutes -EventFilter (Get-PortEventFilter -Since ([datetime]::Now)) -NoBootTrigger -LimitMinutes $limit
    $answer = Register-SystemTask -Name $State.task -Xml $xml
    if (-not $answer.Succeeded) {
        return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)' could not be registered: $($answer.Reason)"
    }
}
