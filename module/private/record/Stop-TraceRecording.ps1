# Knows how a recording ends: snapshot, netsh, a look at what is true. netsh is told to stop in any case, also on Ctrl+C while the
# snapshot is taken: who wants to stop must not be left with a session.

function Stop-TraceRecording {
    <#
    .SYNOPSIS
    Stops the recording of the state. Gives nothing, or the fault. The phase is 'stopped' where none runs any more.
    .PARAMETER Discard
    Takes no snapshot and removes all files.
    .NOTES
    The caller holds the lock, runs as the user who started it, and removes the state file.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Discard
    )

    $isRunning = Test-TraceSession -State $State
    if ($null -eq $isRunning) {
        return New-FaultRecord -Code 'sessions-unknown' -Message 'Which trace sessions run cannot be told, so nothing was stopped.' -Path $State.path
    }
    if (-not $isRunning) {
        return New-VanishedFault -State $State
    }
    $State.phase = 'stopping'
    Save-TraceState -State $State
    $fault = $null
    try {
        if (-not $Discard) { Save-TraceSnapshot -State $State -Moment Stop }
    } finally {
        try {
            $fault = Invoke-TraceStop -State $State
        } finally {
            if ($Discard -and $State.phase -eq 'stopped') { $fault = Remove-TraceRecording -State $State }
        }
    }
    if ($null -eq $fault -and -not $Discard -and -not [System.IO.File]::Exists($State.path)) {
        return New-FaultRecord -Code 'trace-file-missing' -Message "The recording was stopped, but there is no file '$($State.path)'." -Path $State.path
    }
    return $fault
}
