# Knows that a folder which holds anything of others stays.

function Remove-EmptyFolder {
    <#
    .SYNOPSIS
    Removes a folder that is there and empty. Gives a sentence where that does not work.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    try {
        if ([System.IO.Directory]::Exists($Path) -and [System.IO.Directory]::GetFileSystemEntries($Path).Length -eq 0) {
            [System.IO.Directory]::Delete($Path)
        }
    } catch {
        "the folder '$Path': $($_.Exception.GetBaseException().Message)"
    }
}
