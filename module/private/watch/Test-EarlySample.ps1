# Knows that events come in swarms, and that a sample for each of them would cost the machine what it lacks, and the history half a year
# for a night: there is none before half of the interval is over.

function Test-EarlySample {
    <#
    .SYNOPSIS
    Whether the last sample of a watch is so near that no other is due.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $last = ConvertFrom-TraceTime -Time $State.lastSample
    if ($null -eq $last -or $last -gt $Time) {
        return $false
    }
    return ($Time - $last).TotalMinutes -lt $State.intervalMinutes / 2
}
