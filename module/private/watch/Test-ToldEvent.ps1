# Knows a memory of the watch that needs neither watch.json nor room on a disk: what the Application log holds of it.

function Test-ToldEvent {
    <#
    .SYNOPSIS
    Whether the watch has written an event of this id within RepeatMinutes. Where the log cannot be read, it has not.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [int] $Id)

    $now = Get-WatchTime
    # With an end, as after the clock was set back the log has events of the future.
    $filter = @{
        LogName      = 'Application'
        ProviderName = 'PortExhaustion'
        Id           = $Id
        StartTime    = $now.AddMinutes(-(Get-WatchConstant).RepeatMinutes).ToLocalTime()
        EndTime      = $now.ToLocalTime()
    }
    return @((Invoke-EventQuery -Filter $filter -MostEvents 1).Rows).Count -gt 0
}
