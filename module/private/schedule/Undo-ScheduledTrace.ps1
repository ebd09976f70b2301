# Knows that a task which was thought dead may be just about to record: so what is left is looked at under the lock, for which a step that
# runs is waited for, and a recording that came to be is ended by the user who started it, SYSTEM.

function Undo-ScheduledTrace {
    <#
    .SYNOPSIS
    Leaves neither recording nor task nor state. Says in a warning what is left all the same.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    try {
        if (-not (Use-TraceLock -TimeoutSeconds 120 -ScriptBlock { Undo-TraceRequest -State $State })) {
            return
        }
        $null = Start-SystemTask -Name $State.task
        $now = Wait-TracePhase -State $State -Phase stopped, failed -TimeoutSeconds 600 -Activity 'Stopping the recording'
        if ($null -eq $now) {
            # Without the state the task would remove itself, and nobody could stop what SYSTEM records.
            Write-Warning -Message "The recording to '$($State.path)' is not stopped yet; its task goes on trying. Look with Get-PortTrace."
            return
        }
        $null = Use-TraceLock -TimeoutSeconds 120 -ScriptBlock { Undo-TraceRequest -State $State }
    } catch [System.TimeoutException] {
        Write-Warning -Message "The task '$($State.task)' is still at work. Look with Get-PortTrace."
    }
}
