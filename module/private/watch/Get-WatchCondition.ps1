# Knows how a watch that is registered may still not watch: its task is gone, or runs a module that is gone (moved, uninstalled, or an older
# version that an update removed), or does not run at all, is disabled, or ends before it has sampled. What Task Scheduler says of that is
# in the language of Windows; that samples do not come is true in any.

function Get-WatchCondition {
    <#
    .SYNOPSIS
    TaskMissing, ModuleMissing, Late or Active.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    if (-not (Test-SystemTask -Name $State.task)) {
        return 'TaskMissing'
    }
    if (-not [System.IO.File]::Exists($State.script)) {
        return 'ModuleMissing'
    }
    $last = $State.lastSample
    if (-not $last) { $last = $State.registered }
    $last = ConvertFrom-TraceTime -Time $last
    # A machine that was off could not sample.
    $boot = Get-BootTime
    if ($boot -gt $last) { $last = $boot }
    # A sample soon after an event takes the place of the next regular one; and one takes its time.
    $mostMinutes = 2 * $State.intervalMinutes + 5
    if (((Get-WatchTime) - $last).TotalMinutes -gt $mostMinutes) {
        return 'Late'
    }
    return 'Active'
}
