# Knows the shape of PortExhaustion.Verdict: what a capture report (engine/contract/capture-report.schema.json) says of one
# machine, flat, under the names that its users know from other cmdlets.

function ConvertTo-PortVerdict {
    <#
    .SYNOPSIS
    The verdict of a report whose parts have their types already.
    .NOTES
    UsedPercent is that of the fullest pool that the verdict is about, of the fullest of all where it is about none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Report,
        [AllowNull()] [object] $Source
    )

    $verdict = $Report.verdict
    $pools = @($Report.pools | Where-Object { $null -eq $verdict.pool -or $_.protocol -eq $verdict.pool })
    $usedPercent = $null
    foreach ($pool in $pools) {
        if ($null -eq $usedPercent -or $pool.usedPercent -gt $usedPercent) {
            $usedPercent = $pool.usedPercent
        }
    }
    return New-Record -Value ([ordered]@{
            ComputerName    = $Report.machine.name
            Level           = $verdict.level
            Pattern         = $verdict.pattern
            Pool            = $verdict.pool
            UsedPercent     = $usedPercent
            Culprit         = $verdict.culprit
            Confidence      = $verdict.confidence
            Summary         = $verdict.summary
            Evidence        = @($verdict.reasons)
            Suspects        = @($Report.suspects)
            Findings        = @($Report.findings)
            Unchecked       = @($Report.unchecked)
            Remedies        = @($Report.remedies)
            Coverage        = @($Report.coverage.artifacts)
            ExitCode        = $verdict.exitCode
            Time            = $Report.machine.time
            Pools           = @($Report.pools)
            Ranges          = @($Report.ranges)
            AutoReuseRanges = @($Report.autoReuseRanges)
            Reservations    = @($Report.reservations)
            Probes          = @($Report.probes)
            Events          = @($Report.events)
            Settings        = $Report.settings
            OSBuild         = $Report.machine.osBuild
            Elevated        = $Report.machine.elevated
            DebugPrivilege  = $Report.machine.debugPrivilege
            Omitted         = $Report.omitted
            Source          = $Source
        })
}
