# Knows the name of the one task that records.

function Get-TraceTaskName {
    <#
    .SYNOPSIS
    The name, as it stands in the root of Task Scheduler's library.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return 'PortExhaustion Trace'
}
