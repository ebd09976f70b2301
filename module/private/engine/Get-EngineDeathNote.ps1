# Knows what is left to tell of an engine that stopped in the middle: its exit code and the end of its standard error.

function Get-EngineDeathNote {
    <#
    .SYNOPSIS
    One text for the error that reports it.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $Session)

    $note = 'The engine closed its output without an end record and still runs.'
    if ($Session.Process.HasExited) {
        $note = "The engine ended with exit code $($Session.Process.ExitCode) before it was done."
    }
    $tail = $Session.Tail.Trim()
    if ($tail) {
        $note += " It last wrote: $tail"
    }
    return $note
}
