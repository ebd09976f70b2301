# Knows how to wait for the engine without becoming deaf: PowerShell notices Ctrl+C only between two statements, so no
# wait here is long, and standard error is emptied meanwhile, as an engine that finds that pipe full would stand still.

function Read-EngineLine {
    <#
    .SYNOPSIS
    The next line of the engine's standard output; $null at its end.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $Session)

    $waitMilliseconds = 100
    while (-not $Session.Line.IsCompleted) {
        $pending = @($Session.Line)
        if ($null -ne $Session.Noise) {
            $pending += $Session.Noise
        }
        $null = [System.Threading.Tasks.Task]::WaitAny([System.Threading.Tasks.Task[]] $pending, $waitMilliseconds)
        Receive-EngineNoise -Session $Session
    }
    $line = $Session.Line.Result
    if ($null -ne $line) {
        $Session.Line = $Session.Process.StandardOutput.ReadLineAsync()
    }
    return $line
}
