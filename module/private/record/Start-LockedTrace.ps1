# Knows what of a start must not be seen half by another session.

function Start-LockedTrace {
    <#
    .SYNOPSIS
    Checks what the state describes, and then records, or asks a task to. Gives nothing, or the fault.
    .PARAMETER Claim
    IsOurs becomes $true in it where the state file is this recording's.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [hashtable] $Claim,
        [switch] $Force
    )

    $fault = Test-TraceStart -State $State -Force:$Force
    if ($null -ne $fault) {
        return $fault
    }
    $Claim.IsOurs = $true
    if ($State.task) {
        return Request-ScheduledTrace -State $State
    }
    try {
        return Start-TraceRecording -State $State
    } finally {
        # What may still run must not be forgotten, since nothing else knows of it.
        if ($State.phase -ne 'recording') { Remove-TraceState }
    }
}
