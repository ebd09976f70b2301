# Knows where a watch keeps what it sees, unless it is told another place.

function Get-DefaultWatchFolder {
    <#
    .SYNOPSIS
    Path of the folder, whether it is there or not.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return [System.IO.Path]::Combine((Get-DataFolder), 'Watch')
}
