# Knows how a recording comes to be from a request: under the lock it is checked, noted and, without a task, started; a task takes the
# lock itself, so it is started after that.

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
        try {
            $fault = Use-TraceLock -ScriptBlock {
                $found = Test-TraceStart -State $State -Force:$Force
                if ($null -eq $found) {
                    $claim.IsOurs = $true
                    if ($State.task) { Write-TraceState -State $State } else { $found = Start-TraceRecording -State $State }
                }
                $found
            }
        } catch [System.TimeoutException] {
            return New-FaultRecord -Code 'trace-busy' -Message $_.Exception.Message
        } catch {
            if (-not (Test-WriteFailure -Exception $_.Exception)) { throw }
            return New-FaultRecord -Code 'state-not-written' -Message "'$(Get-TraceStatePath)' could not be written: $($_.Exception.GetBaseException().Message)"
        }
        if ($null -eq $fault -and $State.task) { $fault = Start-ScheduledTrace -State $State }
        $isDone = $null -eq $fault
    } finally {
        # Only what this call has written: the state of another recording is not ours to remove.
        if ($claim.IsOurs -and -not $isDone) { Remove-TraceState }
    }
    return $fault
}
