# Knows the way from a drive to a folder.

function Get-UnsafeAncestor {
    <#
    .SYNOPSIS
    Why others than administrators can replace a folder on the way to this path; nothing where they cannot.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $parent = [System.IO.Path]::GetDirectoryName($Path)
    while ($parent) {
        $reason = Get-UnsafeReason -Path $parent -Ancestor
        if ($reason) {
            return $reason
        }
        $parent = [System.IO.Path]::GetDirectoryName($parent)
    }
}
