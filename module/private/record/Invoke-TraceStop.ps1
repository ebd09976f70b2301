# Knows when a recording has ended: no session writes its file any more, whatever netsh's exit code. netsh merges files for minutes and
# must not be killed meanwhile, so it has a day.

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
        $tool = Invoke-InboxTool -Name 'netsh.exe' -ArgumentList 'trace', 'stop' -Folder (Get-SystemFolder) -TimeoutSeconds 86400 -MustFinish -Activity 'Stopping the recording'
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
    if ($State.phase -ne 'stopped') {
        $printed = ConvertFrom-ToolOutput -Bytes $tool.Output
        if ($printed) { $printed = " netsh printed: $printed" }
        return New-FaultRecord -Code 'trace-stop-failed' -Message "netsh did not stop the recording into '$($State.path)' ($($tool.Reason)).$printed" -Path $State.path
    }
}
