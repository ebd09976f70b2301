# Knows that captures which are compared are mostly kept in one folder, whose path says nothing where they are told apart.

function Get-SeriesFolder {
    <#
    .SYNOPSIS
    The folder that all of the paths are in, with the separator at its end; nothing where there is none, and names alone would not tell them apart.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Path)

    if ($Path.Count -eq 0) { return }
    # A capture in Constrained Language Mode is a folder.
    $first = $Path[0] -replace '[\\/]capture\.json$'
    $folder = $first -replace '[^\\/]*$'
    if ($folder -and @($Path | Where-Object { -not $_.StartsWith($folder) }).Count -eq 0) {
        return $folder
    }
}
