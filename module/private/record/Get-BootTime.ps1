# Knows when this machine was started. The performance counter, which Stopwatch reads, is taken to count from the start of Windows, which
# was not tried with sleep and fast startup; TickCount of the .NET Framework begins anew after 49 days, and WMI may hang.

function Get-BootTime {
    <#
    .SYNOPSIS
    The moment, in UTC, to a few seconds.
    #>
    [CmdletBinding()]
    [OutputType([datetime])]
    param()

    $seconds = [System.Diagnostics.Stopwatch]::GetTimestamp() / [System.Diagnostics.Stopwatch]::Frequency
    return [datetime]::UtcNow.AddSeconds(-$seconds)
}
