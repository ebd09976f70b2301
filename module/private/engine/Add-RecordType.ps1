# Knows how a parsed record becomes an object of this module: in place, as inserting a type name is about twice as fast as
# building the object anew.

function Add-RecordType {
    <#
    .SYNOPSIS
    Gives a record and all that it holds their type names, and makes [datetime] of its times.
    .PARAMETER Shape
    What Get-TraceShape or Get-CaptureShape returns; passed in, as this function is called for every object.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Record,
        [Parameter(Mandatory = $true)] [string] $TypeName,
        [Parameter(Mandatory = $true)] [hashtable] $Shape
    )

    $Record.PSObject.TypeNames.Insert(0, $TypeName)
    foreach ($property in $Record.PSObject.Properties) {
        $value = $property.Value
        if ($null -eq $value) {
            continue
        }
        if ($Shape.Times.ContainsKey($property.Name)) {
            $property.Value = ConvertFrom-EngineTime -Time $value
            continue
        }
        $partType = $Shape.Types[$property.Name]
        # "failures" is a list in the report and a number in a victim, a destination and the exhaustion counts.
        foreach ($part in @($value)) {
            if ($partType -and $part -is [System.Management.Automation.PSCustomObject]) {
                Add-RecordType -Record $part -TypeName $partType -Shape $Shape
            }
        }
    }
}
