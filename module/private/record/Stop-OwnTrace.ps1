# Knows how a person's wish to end a recording is carried out: what is true is looked at under the lock, as another session may start or
# stop it just now; a task takes the lock itself, so it is waited for after that.

function Stop-OwnTrace {
    <#
    .SYNOPSIS
    Ends the recording of the state, if it is this user's or a task's. Gives nothing, or the fault. The state file is gone where nothing
    runs.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Discard
    )

    # A step of a task may take a while, and is worth waiting for.
    $patience = 10
    if ($State.task) { $patience = 120 }
    $claim = @{ IsAsked = $false }
    try {
        $fault = Use-TraceLock -TimeoutSeconds $patience -ScriptBlock { Stop-LockedTrace -State $State -Claim $claim -Discard:$Discard }
        if ($claim.IsAsked) { $fault = Stop-ScheduledTrace -State $State }
    } catch [System.TimeoutException] {
        return New-FaultRecord -Code 'trace-busy' -Message $_.Exception.Message
    } catch [System.IO.InvalidDataException] {
        return New-FaultRecord -Code 'state-damaged' -Message $_.Exception.Message -Path (Get-TraceStatePath)
    } catch {
        if (-not (Test-WriteFailure -Exception $_.Exception)) { throw }
        return New-FaultRecord -Code 'state-not-written' -Message "'$(Get-TraceStatePath)' could not be written or removed: $($_.Exception.GetBaseException().Message)"
    }
    return $fault
}
