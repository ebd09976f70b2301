# Knows how a recording begins, and that a beginning which does not come to its end leaves nothing: the finally block also runs on Ctrl+C.

function Start-TraceRecording {
    <#
    .SYNOPSIS
    Starts what the state describes. Gives nothing, or the fault; then no session and no file is left. The state file is the caller's, and
    only where the phase is 'recording' it may be needed yet.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $before = Get-TraceStamp -Path $State.path
    $fault = $null
    $isDone = $false
    try {
        $State.phase = 'starting'
        Write-TraceState -State $State
        $fault = Invoke-TraceStart -State $State
        if ($null -eq $fault) {
            Save-TraceSnapshot -State $State -Moment Start
            $State.phase = 'recording'
            Write-TraceState -State $State
            $isDone = $true
        }
    } catch {
        if (-not (Test-WriteFailure -Exception $_.Exception)) { throw }
        $fault = New-FaultRecord -Code 'state-not-written' -Message "'$(Get-TraceStatePath)' could not be written: $($_.Exception.Message)" -Path $State.path
    } finally {
        if (-not $isDone) {
            $left = Undo-TraceRecording -State $State -Before $before
            if ($null -ne $fault -and $left) { $fault.message += " $left" }
        }
    }
    return $fault
}
