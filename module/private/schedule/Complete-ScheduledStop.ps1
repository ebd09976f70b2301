# Knows that a recording which its task has stopped is forgotten by who asked for it.

function Complete-ScheduledStop {
    <#
    .SYNOPSIS
    Brings a state up to what its task has left, and forgets the recording and the task.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    if (-not (Update-TraceState -State $State)) {
        # Two sessions have asked, and the other was faster.
        $State.phase = 'stopped'
        return
    }
    Remove-TraceState -Task $State.task
}
