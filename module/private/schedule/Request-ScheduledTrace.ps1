# Knows how SYSTEM is asked to record: by a state, and a task that acts on it. Both come under one lock, so that nobody sees the one without
# the other and takes it for a leftover.

function Request-ScheduledTrace {
    <#
    .SYNOPSIS
    Keeps the state, which is 'requested', and registers its task. Gives nothing, or the fault.
    .NOTES
    The caller holds the lock, and takes it all back (Undo-ScheduledTrace) where the recording does not come to be.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    Write-TraceState -State $State
    $answer = Register-TraceTask -State $State
    if (-not $answer.Succeeded) {
        return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)' could not be registered: $($answer.Reason)" -Path $State.path
    }
}
