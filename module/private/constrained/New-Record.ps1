# Knows how to make an object in Constrained Language Mode, which refuses the cast to [pscustomobject].

function New-Record {
    <#
    .SYNOPSIS
    An object with the properties of an ordered dictionary, in their order.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Value)

    $record = New-Object -TypeName PSObject
    foreach ($name in $Value.Keys) {
        Add-Member -InputObject $record -NotePropertyName $name -NotePropertyValue $Value[$name]
    }
    return $record
}
