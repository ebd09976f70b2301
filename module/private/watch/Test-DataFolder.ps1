# Knows that a data folder which others can write to may hold orders of theirs: for SYSTEM, and for the administrator who looks at a watch
# or removes it. Initialize-DataFolder makes one that is missing; this only looks.

function Test-DataFolder {
    <#
    .SYNOPSIS
    The fault for which nothing that lies in the data folder may be followed; nothing where it may, or where there is none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $folder = Get-DataFolder
    if ([System.IO.Directory]::Exists($folder)) {
        return Test-FolderSafety -Path $folder
    }
}
