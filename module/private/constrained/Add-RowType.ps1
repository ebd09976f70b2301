# Knows how the rows of engine/contract/event.schema.json become objects in Constrained Language Mode.

function Add-RowType {
    <#
    .SYNOPSIS
    Gives each row its type name, in place, and makes [datetime] of its time.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Row,
        [Parameter(Mandatory = $true)] [string] $TypeName
    )

    foreach ($one in $Row) {
        Add-RecordType -Record $one -TypeName $TypeName -Shape @{ Types = @{}; Times = @{ time = $true } }
    }
}
