# Knows where CIM keeps the dynamic ranges: MSFT_NetTCPSetting and MSFT_NetUDPSetting, the first instance that has both numbers
# (the template Automatic is empty).

function Add-CimRange {
    <#
    .SYNOPSIS
    Adds the dynamic ranges as values, under the name dynamic-ranges.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $faults = @()
    foreach ($protocol in 'tcp', 'udp') {
        $class = "MSFT_Net$($protocol.ToUpperInvariant())Setting"
        $answer = Get-CimRow -Capture $Capture -Namespace 'root/StandardCimv2' -ClassName $class
        $range = ConvertTo-CaptureRange -Row $answer.Rows -Protocol $protocol -Start DynamicPortRangeStartPort -Ports DynamicPortRangeNumberOfPorts
        if ($null -ne $range) {
            $Capture.Ranges += $range
        } elseif ($answer.Status -eq 'read') {
            $faults += "$class has no range"
        } else {
            $faults += $answer.Reason
        }
    }
    $status = 'read'
    if ($faults.Count -eq 1) { $status = 'partial' }
    if ($faults.Count -eq 2) { $status = $answer.Status -replace '^read$', 'failed' }
    Add-CaptureArtifact -Capture $Capture -Name 'dynamic-ranges' -Kind 'dynamic-port-range' -Status $status -Reason (($faults | Select-Object -Unique) -join '; ')
}
