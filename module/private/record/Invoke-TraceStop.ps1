# Knows when a recording has ended: no session writes its file any more, whatever netsh's exit code. netsh stops whatever recording it has
# of this user, so it is asked only where ours runs at this moment: while a snapshot was taken, somebody may have begun another.

function Invoke-TraceStop {
    <#
    .SYNOPSIS
    Runs netsh trace stop to its end. Gives nothing, or the fault; phase and stopped of the state say what is true.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $tool = $null
    try {
        if ((Test-TraceSession -State $State) -ne $false) { $tool = Invoke-NetshStop }
    } finally {
        # Also after Ctrl+C, when netsh has come to its end and nobody may go on but this block.
        $isRunning = Test-TraceSession -State $State
        if ($isRunning -or ($null -eq $isRunning -and ($null -eq $tool -or $tool.ExitCode -ne 0))) {
            $State.phase = 'recording'
        } else {
            $State.phase = 'stopped'
            $State.stopped = ConvertTo-CaptureTime -Time ([datetime]::UtcNow)
        }
        Save-TraceState -State $State
    }
    if ($null -eq $tool) {
        return New-VanishedFault -State $State
    }
    if ($State.phase -ne 'stopped') {
        return New-FaultRecord -Code 'trace-stop-failed' -Message "netsh did not stop the recording into '$($State.path)' ($($tool.Reason)).$(Get-NetshSaying -Tool $tool)" -Path $State.path
    }
}
