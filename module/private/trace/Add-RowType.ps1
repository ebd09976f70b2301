# Knows how the rows of engine/contract/event.schema.json become objects of this module. They are flat and come in hundreds of
# thousands, so they do not go through Add-RecordType, which looks at every property.

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

    $times = @(ConvertFrom-EngineTime -Time @($Row | ForEach-Object { $_.time }))
    for ($index = 0; $index -lt $Row.Count; $index++) {
        $Row[$index].PSObject.TypeNames.Insert(0, $TypeName)
        $Row[$index].time = $times[$index]
    }
}
