# Knows how the output of a program is taken in: both streams at once, so that a full one does not stop it, and within a time. On Ctrl+C
# the program is ended as well, unless it would leave something half done.

function Receive-ToolOutput {
    <#
    .SYNOPSIS
    Waits for a program and fills in Status, Reason, Bytes, Output, ExitCode and IsTimedOut of -Result.
    .DESCRIPTION
    Bytes are an answer, so they are there only where the program says that it succeeded; Output is whatever it printed.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Diagnostics.Process] $Process,
        [Parameter(Mandatory = $true)] [psobject] $Result,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds,
        [switch] $MustFinish,
        [string] $Activity
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $memory = New-Object -TypeName System.IO.MemoryStream
    # It must never wait for somebody to type.
    $Process.StandardInput.Close()
    $output = $Process.StandardOutput.BaseStream.CopyToAsync($memory)
    $null = $Process.StandardError.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    $name = [System.IO.Path]::GetFileName($Process.StartInfo.FileName)
    $wait = @{ Process = $Process; Output = $output; Clock = $clock; Limit = 1000L * $TimeoutSeconds; Activity = $Activity }
    $isDone = $false
    try {
        $isDone = Wait-ToolExit @wait
    } finally {
        if ($MustFinish -and -not $isDone) { $isDone = Wait-ToolExit @wait }
        if (-not $isDone -and -not $Process.HasExited) { $Process.Kill() }
        if ($Activity) { Write-Progress -Id 42314267 -Activity $Activity -Completed }
    }
    if (-not $isDone) {
        $Result.IsTimedOut = $true
        $Result.Reason = "$name did not end within $TimeoutSeconds s"
        return
    }
    $Result.ExitCode = $Process.ExitCode
    $Result.Output = $memory.ToArray()
    if ($Process.ExitCode -ne 0) {
        $Result.Reason = "$name ended with exit code $($Process.ExitCode)"
    } elseif ($memory.Length -eq 0) {
        $Result.Reason = "$name printed nothing"
    } else {
        $Result.Status = 'read'
        $Result.Reason = $null
        $Result.Bytes = $Result.Output
    }
}
