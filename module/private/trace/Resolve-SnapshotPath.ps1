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
    # Join-Path fails for a drive that is not there, which is the engine's to refuse.
    if (Test-Path -LiteralPath $full -PathType Container -ErrorAction Ignore) {
        $manifest = Join-Path -Path $full -ChildPath 'capture.json'
        if (Test-Path -LiteralPath $manifest -PathType Leaf -ErrorAction Ignore) {
            return $manifest
        }
    }
    return $full
}
