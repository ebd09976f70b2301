# Knows where the programs of Windows lie. A function of its own, so that tests put programs of theirs there.

function Get-SystemFolder {
    <#
    .SYNOPSIS
    Path of System32.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return [System.Environment]::SystemDirectory
}
