# Knows the task of a recording: each minute, at boot, at the events if they are to end it, and gone a day after the last deadline, should
# the module that removes it have been deleted meanwhile.

function Register-TraceTask {
    <#
    .SYNOPSIS
    Registers it: { Succeeded, Reason }.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $events = $null
    if ($State.until -contains 'Event') { $events = Get-PortEventFilter -Since ([datetime]::Now) }
    $script = [System.IO.Path]::Combine($ModuleRoot, 'tasks', 'Step-PortTrace.ps1')
    # A step that hangs holds the lock, so it must end some day; netsh, which may merge for long, has one.
    $limit = 25 * 60
    $end = [datetime]::UtcNow.AddMinutes($State.minutes).AddDays(1)
    $xml = New-SystemTaskXml -Script $script -IntervalMinutes 1 -EventFilter $events -End $end -Queue -LimitMinutes $limit
    return Register-SystemTask -Name $State.task -Xml $xml
}
