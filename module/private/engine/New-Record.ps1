# Knows how this module makes an object of its own, which Constrained Language Mode does in another way
# (module/private/constrained/New-Record.ps1).

function New-Record {
    <#
    .SYNOPSIS
    An object with the properties of an ordered dictionary, in their order.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Value)

    return [pscustomobject] $Value
}
