# Knows how netsh's own words stand at the end of a message: they are for people, in their language.

function Get-NetshSaying {
    <#
    .SYNOPSIS
    A sentence with what netsh printed; '' where it printed nothing.
    .PARAMETER Tool
    What Invoke-InboxTool gave.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $Tool)

    $printed = ConvertFrom-ToolOutput -Bytes $Tool.Output
    if (-not $printed) {
        return ''
    }
    return " netsh printed: $printed"
}
