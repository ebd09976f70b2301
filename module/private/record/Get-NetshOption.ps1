# Knows how netsh is told not to collect a report or to join events by activity, so that it stops in seconds: 'disabled' from Windows 8.1
# (build 9600) on; up to Windows 8 and Server 2012 (build 9200) there is only 'no'. From Microsoft's TSS (NetshTraceReport, NetshTrace-
# Correlation), which draws the line at 9200; the documentation of netsh trace lists yes, no, disabled without builds.

function Get-NetshOption {
    <#
    .SYNOPSIS
    Options of netsh trace start that depend on the build, in their order.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [int] $Build)

    $off = 'disabled'
    if ($Build -le 9200) { $off = 'no' }
    "report=$off"
    "correlation=$off"
}
