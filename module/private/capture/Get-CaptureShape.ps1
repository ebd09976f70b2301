# Knows which parts of a capture report have a type name and which properties are times: engine/contract/
# capture-report.schema.json and diagnosis.schema.json, of whose titles the type names are made. tests/module/Contract.Tests.ps1 holds the two together.

function Get-CaptureShape {
    <#
    .SYNOPSIS
    { Types: property -> type name of the object, or of each object of the list, that it holds; Times: property -> $true }.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    return @{
        Types = @{
            machine         = 'PortExhaustion.MachineFacts'
            verdict         = 'PortExhaustion.Verdict'
            coverage        = 'PortExhaustion.CaptureCoverage'
            culprit         = 'PortExhaustion.PoolCulprit'
            pools           = 'PortExhaustion.PortPool'
            byClass         = 'PortExhaustion.PortClasses'
            byFamily        = 'PortExhaustion.FamilyUse'
            ranges          = 'PortExhaustion.DynamicPortRange'
            autoReuseRanges = 'PortExhaustion.DynamicPortRange'
            settings        = 'PortExhaustion.TcpSettings'
            reservations    = 'PortExhaustion.PortReservation'
            probes          = 'PortExhaustion.PortProbe'
            events          = 'PortExhaustion.ExhaustionEventCount'
            artifacts       = 'PortExhaustion.ArtifactCoverage'
            suspects        = 'PortExhaustion.PoolSuspect'
            ages            = 'PortExhaustion.PortAges'
            findings        = 'PortExhaustion.Finding'
            unchecked       = 'PortExhaustion.UncheckedFinding'
            remedies        = 'PortExhaustion.Remedy'
            omitted         = 'PortExhaustion.OmittedRanges'
            holder          = 'PortExhaustion.PortHolder'
        }
        Times = @{
            time      = $true
            firstTime = $true
            lastTime  = $true
            oldest    = $true
        }
    }
}
