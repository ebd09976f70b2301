# Knows what one sample of a watch does, in an order that a crash at any point does not turn into a flood: that something is done about
# a breach is noted before it is done.

function Invoke-WatchStep {
    <#
    .SYNOPSIS
    Samples, judges, acts, and keeps all of that; nothing soon after another sample, unless an event proves more than that one knew.
    .NOTES
    The caller holds the lock of the watch.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $now = Get-WatchTime
    $recent = $now.AddMinutes(-(Get-WatchConstant).RepeatMinutes)
    $seen = Get-WatchEvent -After (Get-EventStart -State $State -Time $now) -Until $now
    # An event from before the machine was off for a night proves nothing of now.
    $proof = @($seen.Rows | Where-Object { $_.Id -ne 4227 -and $_.Time -gt $recent })
    $isNews = $proof.Count -gt 0 -and ($null -eq $State.breach -or $State.breach.trigger -ne 'Event')
    if (-not $isNews -and (Test-EarlySample -State $State -Time $now)) {
        return
    }
    Import-CachedNative
    $sample = Get-WatchSample
    $step = Get-BreachStep -Breach $State.breach -Pool (Get-WorstPool -Pool $sample.Pools) -Proof $proof -Percent $State.percent -Time $now
    $State.breach = $step.Breach
    $State.lastSample = ConvertTo-EngineTime -Time $now
    $problems = @()
    if ($seen.Rows.Count -gt 0) { $State.lastEvent = ConvertTo-EngineTime -Time $seen.Rows[-1].Time } elseif ($seen.Reason) { $problems += "events: $($seen.Reason)" }
    $done = $null
    if ($step.Act) {
        # Not before it is noted; a state that cannot be written must not keep the evidence from being taken, once in the same time.
        $unsaved = Save-WatchState -State $State
        if ($unsaved) { $problems += $unsaved }
        if (-not $unsaved -or -not (Test-RecentAction -Folder $State.path -Time $now)) {
            $done = Invoke-BreachAction -State $State -Breach $step.Breach -Sample $sample -Time $now
            if ($done.Files.Count -gt 0) { $State.lastEvidence = @($done.Files) }
            $problems += @($done.Problems)
        }
    }
    $failures = @()
    if ($sample.Pools.Count -eq 0) { $failures += $sample.Problem }
    try {
        $rows = @(ConvertTo-HistoryRow -Sample $sample -Time $now -Note (Get-SampleNote -Seen $seen -Done $done -Breach $step.Breach -Sample $sample))
        Add-HistoryRow -Folder $State.path -Row $rows
    } catch {
        $failures += "the history could not be written: $($_.Exception.GetBaseException().Message)"
    }
    Complete-WatchStep -State $State -Failure $failures -Problem $problems -Time $now
}
