# Knows which files of a watch's folder are its evidence: by their names, so that files of others stay what they are.

function Get-WatchEvidence {
    <#
    .SYNOPSIS
    Full paths of snapshots or traces of the watch, oldest first.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [ValidateSet('Snapshot', 'Trace')] [string] $Kind
    )

    $evidence = [System.IO.Path]::Combine($Folder, 'Evidence')
    if ([System.IO.Directory]::Exists($evidence)) {
        $pattern = Get-EvidenceName -Kind $Kind
        # The moment in the name sorts like time.
        [System.IO.Directory]::GetFiles($evidence) | Where-Object { [System.IO.Path]::GetFileName($_) -match $pattern } | Sort-Object
    }
}
