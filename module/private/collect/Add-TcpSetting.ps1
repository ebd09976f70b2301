# Knows the settings of TCP that matter for ports (`settings` and `autoReuseRanges` of capture.json): values of the registry as found,
# and the range for shared use of ports (Windows 10 and Server 2016 and later).

function Add-TcpSetting {
    <#
    .SYNOPSIS
    Adds TcpTimedWaitDelay, MaxUserPort and the auto-reuse range.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $faults = @()
    try {
        $key = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters' -ErrorAction Stop
        foreach ($name in 'tcpTimedWaitDelay', 'maxUserPort') {
            # A value of another type than a number is none. The registry does not care for case.
            if ($null -ne $key -and $key.PSObject.Properties[$name] -and $key.$name -is [int]) {
                $Capture.Settings.$name = $key.$name
            }
        }
    } catch {
        $faults += "the registry could not be read: $($_.Exception.Message)"
    }
    $answer = Get-CimRow -Capture $Capture -Namespace 'root/StandardCimv2' -ClassName 'MSFT_NetTCPSetting'
    $range = ConvertTo-CaptureRange -Row $answer.Rows -Protocol tcp -Start AutoReusePortRangeStartPort -Ports AutoReusePortRangeNumberOfPorts
    if ($null -ne $range) {
        $Capture.AutoReuseRanges = @($range)
    } elseif ($answer.Status -ne 'read') {
        $faults += "the auto-reuse range is not known: $($answer.Reason)"
    }
    $status = @('read', 'partial', 'failed')[$faults.Count]
    Add-CaptureArtifact -Capture $Capture -Name 'tcp-settings' -Kind 'tcp-settings' -Status $status -Reason ($faults -join '; ')
}
