# Knows what tells the dynamic ranges and the exclusions: netsh, whose texts the engine reads by their numbers, and for the ranges
# CIM where netsh says nothing. All four of protocol and family are asked: nothing says that they are equal.

function Add-PortRange {
    <#
    .SYNOPSIS
    Adds the texts of netsh, and the dynamic ranges of CIM where one of those is missing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $isMissing = $false
    foreach ($protocol in 'tcp', 'udp') {
        foreach ($family in 'ipv4', 'ipv6') {
            $about = @{ Capture = $Capture; Protocol = $protocol; Family = $family }
            $status = Add-RangeText @about -Stem 'dynamic-range' -Kind 'dynamic-port-range' -Subject 'dynamicport'
            $isMissing = $isMissing -or $status -ne 'read'
            $null = Add-RangeText @about -Stem 'excluded-ranges' -Kind 'excluded-port-range' -Subject 'excludedportrange'
        }
    }
    if ($isMissing) {
        Add-CimRange -Capture $Capture
    }
}
