# Knows that a folder which is a link (a junction, a mounted volume, a symbolic link) leads to another drive, or to none of this computer;
# what is asked of the drive of its path is then not true of the files in it.

function Get-LinkedFolder {
    <#
    .SYNOPSIS
    The first folder on the way from a folder to its drive that is a link; nothing where none is.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $parent = [System.IO.Path]::GetDirectoryName($Path)
    # A drive itself has no parent.
    while ($parent) {
        if (([System.IO.File]::GetAttributes($Path) -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) {
            return $Path
        }
        $Path = $parent
        $parent = [System.IO.Path]::GetDirectoryName($Path)
    }
}
