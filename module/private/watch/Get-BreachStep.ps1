# Knows when ports are short enough to act: a pool is used to the limit, or Windows logged 4231 or 4266, which prove it at their time.
# 4227 is none: it tells of one destination, and the pool may be far from full (domain.md section 3.5).

function Get-BreachStep {
    <#
    .SYNOPSIS
    { Breach, Act }: the breach that holds now, or $null, and whether something is to be done about it.
    .DESCRIPTION
    A breach is { since, trigger, detail, lastProof, calmSince, lastAction }. It begins at the limit and ends when the pool has been
    RearmPoints below it (half of the limit, where that is more) for CalmMinutes, and the last event is RepeatMinutes old. Something is
    done at its beginning, at the first event where it began without one, and again each RepeatMinutes at which it is as bad. A sample
    that knows no pool ends no breach. Times in the future are of a clock that was set back, and count as long ago.
    .PARAMETER Proof
    Events 4231 and 4266 since the last sample, oldest first.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [AllowNull()] [psobject] $Breach,
        [AllowNull()] [psobject] $Pool,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Proof,
        [Parameter(Mandatory = $true)] [int] $Percent,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $constant = Get-WatchConstant
    $isOver = $null -ne $Pool -and $Pool.usedPercent -ge $Percent
    $isBad = $isOver -or $Proof.Count -gt 0
    if ($null -eq $Breach) {
        if (-not $isBad) {
            return New-Record -Value ([ordered]@{ Breach = $null; Act = $false })
        }
        $Breach = New-Record -Value ([ordered]@{ since = ConvertTo-EngineTime -Time $Time; trigger = $null; detail = $null; lastProof = $null; calmSince = $null; lastAction = $null })
    }
    if ($Proof.Count -gt 0) { $Breach.lastProof = ConvertTo-EngineTime -Time $Proof[-1].Time }
    $sinceProof = Get-MinuteAge -Since $Breach.lastProof -Time $Time
    $rearm = [Math]::Max($Percent - $constant.RearmPoints, $Percent / 2)
    if ($isBad -or ($null -ne $Pool -and $Pool.usedPercent -gt $rearm)) {
        $Breach.calmSince = $null
    } elseif ($null -ne $Pool) {
        if ($null -eq $Breach.calmSince) { $Breach.calmSince = ConvertTo-EngineTime -Time $Time }
        if ($sinceProof -ge $constant.RepeatMinutes -and (Get-MinuteAge -Since $Breach.calmSince -Time $Time) -ge $constant.CalmMinutes) {
            return New-Record -Value ([ordered]@{ Breach = $null; Act = $false })
        }
    }
    $isWorse = $Proof.Count -gt 0 -and $Breach.trigger -ne 'Event'
    $isDue = $isWorse -or (Get-MinuteAge -Since $Breach.lastAction -Time $Time) -ge $constant.RepeatMinutes
    $isAct = $isBad -and $isDue
    if ($isAct) {
        if ($Proof.Count -gt 0) {
            $Breach.trigger = 'Event'
            $Breach.detail = "event $($Proof[-1].Id) of Tcpip at $(ConvertTo-EngineTime -Time $Proof[-1].Time)"
        } else {
            $Breach.trigger = 'Percent'
            $Breach.detail = "$($Pool.protocol) pool $($Pool.usedPercent) percent used, limit $Percent"
        }
        $Breach.lastAction = ConvertTo-EngineTime -Time $Time
    }
    return New-Record -Value ([ordered]@{ Breach = $Breach; Act = $isAct })
}
