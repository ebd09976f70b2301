# Knows how the output of a program is taken in: both streams at once, so that a full one does not stop it, and within a time. No
# wait is long, as PowerShell notices Ctrl+C only between two statements; then the program is ended as well.

function Receive-ToolOutput {
    <#
    .SYNOPSIS
    Waits for a program and fills in Status, Reason, Bytes, ExitCode and IsTimedOut of -Result.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Diagnostics.Process] $Process,
        [Parameter(Mandatory = $true)] [psobject] $Result,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $limit = 1000 * $TimeoutSeconds
    $memory = New-Object -TypeName System.IO.MemoryStream
    # It must never wait for somebody to type.
    $Process.StandardInput.Close()
    $output = $Process.StandardOutput.BaseStream.CopyToAsync($memory)
    $null = $Process.StandardError.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    $name = [System.IO.Path]::GetFileName($Process.StartInfo.FileName)
    $isDone = $false
    try {
        while (-not $isDone -and $clock.ElapsedMilliseconds -lt $limit) {
            $isDone = $Process.WaitForExit(100) -and $output.Wait(100)
        }
    } finally {
        if (-not $isDone -and -not $Process.HasExited) { $Process.Kill() }
    }
    if (-not $isDone) {
        $Result.IsTimedOut = $true
        $Result.Reason = "$name did not end within $TimeoutSeconds s"
        return
    }
    $Result.ExitCode = $Process.ExitCode
    if ($Process.ExitCode -ne 0) {
        $Result.Reason = "$name ended with exit code $($Process.ExitCode)"
    } elseif ($memory.Length -eq 0) {
        $Result.Reason = "$name printed nothing"
    } else {
        $Result.Status = 'read'
        $Result.Reason = $null
        $Result.Bytes = $memory.ToArray()
    }
}
