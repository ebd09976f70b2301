# Knows how a recording comes to be from a request: under the lock it is checked, noted and, without a task, started; a task takes the
# lock itself, so it is run after that.

function Start-CheckedTrace {
    <#
    .SYNOPSIS
    Starts what the state describes. Gives nothing, or the fault; then nothing is left.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Force
    )

    $fault = Initialize-DataFolder
    if ($null -ne $fault) {
        return $fault
    }
    $claim = @{ IsOurs = $false }
    $isDone = $false
    try {
        $fault = Use-TraceLock -ScriptBlock { Start-LockedTrace -State $State -Claim $claim -Force:$Force }
        if ($null -eq $fault -and $State.task) { $fault = Start-ScheduledTrace -State $State }
        $isDone = $null -eq $fault
    } catch [System.TimeoutException] {
        return New-FaultRecord -Code 'trace-busy' -Message $_.Exception.Message
    } catch {
        if (-not (Test-WriteFailure -Exception $_.Exception)) { throw }
        return New-FaultRecord -Code 'state-not-written' -Message "'$(Get-TraceStatePath)' could not be written: $($_.Exception.GetBaseException().Message)"
    } finally {
        # Also after Ctrl+C. Only what this call has written: the state of another recording is not ours to remove.
        if ($claim.IsOurs -and $State.task -and -not $isDone) { Undo-ScheduledTrace -State $State }
    }
    return $fault
}
