# Knows how PowerShell paths become paths that the engine can open in Constrained Language Mode, by commands alone.

function Resolve-InputPath {
    <#
    .SYNOPSIS
    One { Path, Fault } for each file (or folder) that a path means; Fault is a record of kind 'error' where it means none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Path,
        [switch] $Literal,
        [switch] $Folder
    )

    $found = @(if ($Literal) {
            Resolve-Path -LiteralPath $Path -ErrorAction Ignore
        } else {
            Resolve-Path -Path $Path -ErrorAction Ignore
        })
    if ($found.Count -eq 0) {
        return New-InputTarget -Path $Path -Code 'path-not-found' -Message "No file matches '$Path'."
    }
    foreach ($one in $found) {
        if ($one.Provider.Name -ne 'FileSystem') {
            New-InputTarget -Path $Path -Code 'path-not-a-file' -Message "'$Path' is no path of a file."
        } elseif ($Folder -or -not (Test-Path -LiteralPath $one.ProviderPath -PathType Container)) {
            New-InputTarget -Path $one.ProviderPath
        }
    }
}
