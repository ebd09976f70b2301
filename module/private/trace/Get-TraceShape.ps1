# Knows which parts of a record have a type name and which properties are times: engine/contract/trace-*.schema.json,
# event.schema.json, change.schema.json and diagnosis.schema.json, of whose titles the type names are made. tests/module/
# Contract.Tests.ps1 holds them together.

function Get-TraceShape {
    <#
    .SYNOPSIS
    { Types: property -> type name of the object, or of each object of the list, that it holds; Times: property -> $true }.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    return @{
        Types = @{
            session      = 'PortExhaustion.TraceSession'
            coverage     = 'PortExhaustion.TraceCoverage'
            providers    = 'PortExhaustion.TraceProvider'
            unreadable   = 'PortExhaustion.UnreadableEvent'
            damage       = 'PortExhaustion.TraceDamage'
            verdict      = 'PortExhaustion.TraceVerdict'
            culprit      = 'PortExhaustion.Culprit'
            captures     = 'PortExhaustion.TraceCapture'
            pools        = 'PortExhaustion.TraceCapturePool'
            binds        = 'PortExhaustion.BindCounts'
            exhaustion   = 'PortExhaustion.ExhaustionCounts'
            failures     = 'PortExhaustion.Failure'
            victims      = 'PortExhaustion.Victim'
            holders      = 'PortExhaustion.Holder'
            reservations = 'PortExhaustion.TraceReservation'
            destinations = 'PortExhaustion.TraceDestination'
            ledger       = 'PortExhaustion.TracePortLedger'
            timeWait     = 'PortExhaustion.TraceTimeWait'
            timeline     = 'PortExhaustion.TimelinePoint'
            growth       = 'PortExhaustion.PortGrowth'
            rate         = 'PortExhaustion.PortRate'
            forecast     = 'PortExhaustion.ExhaustionForecast'
            findings     = 'PortExhaustion.Finding'
            unchecked    = 'PortExhaustion.UncheckedFinding'
            remedies     = 'PortExhaustion.Remedy'
            omitted      = 'PortExhaustion.OmittedRows'
        }
        Times = @{
            startTime      = $true
            endTime        = $true
            firstEventTime = $true
            lastEventTime  = $true
            firstTime      = $true
            lastTime       = $true
            firstEvidence  = $true
            lastEvidence   = $true
            since          = $true
            until          = $true
            time           = $true
        }
    }
}
