# Knows which parts of a comparison and of a growth have a type name and which properties are times: engine/contract/
# change.schema.json and diagnosis.schema.json, of whose titles the type names are made. tests/module/Contract.Tests.ps1 holds them
# together.

function Get-ChangeShape {
    <#
    .SYNOPSIS
    { Types: property -> type name of the object, or of each object of the list, that it holds; Times: property -> $true }.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    return @{
        Types = @{
            captures  = 'PortExhaustion.ComparedCapture'
            growth    = 'PortExhaustion.PortGrowth'
            rate      = 'PortExhaustion.PortRate'
            forecast  = 'PortExhaustion.ExhaustionForecast'
            findings  = 'PortExhaustion.Finding'
            unchecked = 'PortExhaustion.UncheckedFinding'
            remedies  = 'PortExhaustion.Remedy'
        }
        Times = @{
            time      = $true
            firstTime = $true
            lastTime  = $true
        }
    }
}
