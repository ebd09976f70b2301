# Knows the forms of a snapshot that a person may give: a zip, or where New-PortSnapshot could not write one (Constrained Language
# Mode) a folder with capture.json, or that file itself.

function Resolve-SnapshotPath {
    <#
    .SYNOPSIS
    The full path that the engine reads for a snapshot. Whether there is one is not asked: the engine says what is wrong with it.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $full = (Resolve-InputPath -Path $Path -Literal -Folder).Path
    $manifest = Join-Path -Path $full -ChildPath 'capture.json'
    # Another drive than one of files is the engine's to refuse, too.
    if ((Test-Path -LiteralPath $full -PathType Container) -and (Test-Path -LiteralPath $manifest -PathType Leaf)) {
        return $manifest
    }
    return $full
}
