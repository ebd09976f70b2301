# Knows that an engine which has said all it had to say needs a moment to leave.

function Wait-EngineExit {
    <#
    .SYNOPSIS
    Waits a little for the program to end and takes in the last of its standard error. Says nothing if it stays.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Session)

    $deadline = [System.Diagnostics.Stopwatch]::StartNew()
    while ($deadline.ElapsedMilliseconds -lt 2000) {
        Receive-EngineNoise -Session $Session
        if ($null -eq $Session.Noise -and $Session.Process.WaitForExit(0)) {
            return
        }
        $null = $Session.Process.WaitForExit(20)
    }
}
