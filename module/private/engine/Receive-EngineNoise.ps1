# Knows how much of the engine's standard error is worth keeping: its end, which says why the engine died.

function Receive-EngineNoise {
    <#
    .SYNOPSIS
    Takes what has arrived on standard error into the session's Tail and goes on reading. Does not wait.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Session)

    $tailLength = 2000
    while ($null -ne $Session.Noise -and $Session.Noise.IsCompleted) {
        $count = $Session.Noise.Result
        if ($count -eq 0) {
            $Session.Noise = $null
            return
        }
        $text = $Session.Tail + (New-Object -TypeName string -ArgumentList $Session.NoiseBuffer, 0, $count)
        $Session.Tail = $text.Substring([System.Math]::Max(0, $text.Length - $tailLength))
        $Session.Noise = $Session.Process.StandardError.ReadAsync($Session.NoiseBuffer, 0, $Session.NoiseBuffer.Length)
    }
}
