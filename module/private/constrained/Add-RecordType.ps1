# Knows how to name the types of a record in Constrained Language Mode, where the list of type names cannot be changed by
# its methods and properties only by their names.

function Add-RecordType {
    <#
    .SYNOPSIS
    Gives a record and all that it holds their type names, and makes [datetime] of its times.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Record,
        [Parameter(Mandatory = $true)] [string] $TypeName,
        [Parameter(Mandatory = $true)] [hashtable] $Shape
    )

    Add-Member -InputObject $Record -TypeName $TypeName
    foreach ($name in @($Record.PSObject.Properties | ForEach-Object { $_.Name })) {
        $value = $Record.$name
        if ($null -ne $value -and $Shape.Times.ContainsKey($name)) {
            $Record.$name = ([datetime] $value).ToUniversalTime()
            continue
        }
        $partType = $Shape.Types[$name]
        foreach ($part in @($value)) {
            if ($partType -and $part -is [System.Management.Automation.PSCustomObject]) {
                Add-RecordType -Record $part -TypeName $partType -Shape $Shape
            }
        }
    }
}
