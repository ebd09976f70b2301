# Knows where the state of the one recording lies: netsh itself knows only one at a time.

function Get-TraceStatePath {
    <#
    .SYNOPSIS
    Path of trace.json.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return [System.IO.Path]::Combine((Get-DataFolder), 'trace.json')
}
