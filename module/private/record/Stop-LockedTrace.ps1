# Knows who may stop which recording, and what is to be said where it does not run any more.

function Stop-LockedTrace {
    <#
    .SYNOPSIS
    Ends the recording of the state, or asks its task to. Gives nothing, or the fault.
    .PARAMETER Claim
    IsAsked becomes $true in it where the task is to stop it.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [hashtable] $Claim,
        [switch] $Discard
    )

    if (-not (Update-TraceState -State $State)) {
        return New-FaultRecord -Code 'no-trace' -Message "Another session has ended the recording to '$($State.path)' meanwhile." -Path $State.path
    }
    if ('stopped', 'failed' -contains $State.phase) {
        return Complete-EndedTrace -State $State -Discard:$Discard
    }
    $isRunning = Test-TraceSession -State $State
    if ($null -eq $isRunning) {
        return New-FaultRecord -Code 'sessions-unknown' -Message 'Which trace sessions run cannot be told, so nothing was stopped.' -Path $State.path
    }
    if (-not $isRunning) {
        return Complete-VanishedTrace -State $State -Discard:$Discard
    }
    if ($State.task) {
        $request = 'keep'
        if ($Discard) { $request = 'discard' }
        Request-TraceStop -Request $request
        # Somebody may have deleted it.
        if (-not (Test-SystemTask -Name $State.task)) { $null = Register-TraceTask -State $State }
        $Claim.IsAsked = $true
        return
    }
    if ($State.owner.sid -ne (Get-SessionUser).Sid) {
        return New-FaultRecord -Code 'trace-other-user' -Message "$($State.owner.name) started the recording to '$($State.path)'." -Path $State.path
    }
    try {
        return Stop-TraceRecording -State $State -Discard:$Discard
    } finally {
        # Here, as it is also true after Ctrl+C.
        if ($State.phase -eq 'stopped') { Remove-TraceState }
    }
}
