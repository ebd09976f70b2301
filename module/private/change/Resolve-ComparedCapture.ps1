# Knows what may be given in place of a snapshot's file: the folder that New-PortSnapshot makes in Constrained Language Mode, or a folder
# in which somebody keeps snapshots. A series is often one folder.

function Resolve-ComparedCapture {
    <#
    .SYNOPSIS
    { Path, Fault } for each snapshot that a path means; Fault is a record of kind 'error' where it means none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [switch] $Literal
    )

    foreach ($target in @(Resolve-InputPath -Path $Path -Literal:$Literal -Folder)) {
        if ($null -ne $target.Fault -or -not (Test-Path -LiteralPath $target.Path -PathType Container -ErrorAction Ignore)) {
            $target
            continue
        }
        $manifest = Join-Path -Path $target.Path -ChildPath 'capture.json'
        if (Test-Path -LiteralPath $manifest -PathType Leaf) {
            New-InputTarget -Path $manifest
            continue
        }
        # Not by -Filter: Windows takes *.zip for *.zipx too, and other systems do not take it for *.ZIP.
        $zips = @(Get-ChildItem -LiteralPath $target.Path -File | Where-Object { $_.Extension -eq '.zip' })
        foreach ($zip in $zips) { New-InputTarget -Path $zip.FullName }
        if ($zips.Count -eq 0) {
            New-InputTarget -Path $target.Path -Code 'folder-without-captures' -Message "The folder '$($target.Path)' holds no snapshots."
        }
    }
}
