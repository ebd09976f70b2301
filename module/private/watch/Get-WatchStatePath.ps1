# Knows where the state of the one watch of a machine lies.

function Get-WatchStatePath {
    <#
    .SYNOPSIS
    Path of watch.json.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return [System.IO.Path]::Combine((Get-DataFolder), 'watch.json')
}
