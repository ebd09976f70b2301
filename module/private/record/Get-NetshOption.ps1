# Knows how netsh is told not to collect a report or to join events by activity, so that it stops in seconds: 'disabled' from Windows 8.1
# (build 9600) on; up to Windows 8 and Server 2012 (build 9200) there is only 'no'. Microsoft's TSS draws the line for report= at 9200; that
# it is the same for correlation= is assumed. The documentation of netsh trace lists yes, no, disabled without builds.

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
