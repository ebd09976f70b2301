# Knows from when on events are new to a watch: after the newest one that a sample has seen, however late the log showed it. The time of
# the last sample would not do: the log shows an event a moment after it happened.

function Get-EventStart {
    <#
    .SYNOPSIS
    That moment, in UTC.
    #>
    [CmdletBinding()]
    [OutputType([datetime])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $last = $State.lastEvent
    if (-not $last) { $last = $State.registered }
    $after = ConvertFrom-TraceTime -Time $last
    # After the clock was set back.
    if ($after -gt $Time) { $after = $Time.AddMinutes(-(Get-WatchConstant).RepeatMinutes) }
    return $after
}
