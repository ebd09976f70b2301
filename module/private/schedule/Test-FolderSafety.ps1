# Knows when SYSTEM may write into a folder: nobody else can plant a file or a link there.

function Test-FolderSafety {
    <#
    .SYNOPSIS
    The fault for which a folder must not be written to by SYSTEM; nothing where it may. Of a folder that is not there yet, the nearest
    that is counts.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $folder = [System.IO.Path]::GetFullPath($Path)
    while ($folder -and -not [System.IO.Directory]::Exists($folder)) {
        $folder = [System.IO.Path]::GetDirectoryName($folder)
    }
    if (-not $folder) {
        return New-FaultRecord -Code 'folder-not-safe' -Message "There is no folder '$Path'." -Path $Path
    }
    $reason = Get-UnsafeReason -Path $folder
    if (-not $reason) { $reason = Get-UnsafeAncestor -Path $folder }
    if ($reason) {
        return New-FaultRecord -Code 'folder-not-safe' -Message $reason -Path $Path
    }
}
