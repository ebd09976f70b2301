# Knows the only proof of "now": whether Windows gives a port to one who asks for any (`probes` of capture.json).

function Add-PortProbe {
    <#
    .SYNOPSIS
    Adds what came of one bind for each protocol and family.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $faults = @()
    foreach ($protocol in 'tcp', 'udp') {
        foreach ($family in 'ipv4', 'ipv6') {
            try {
                $Capture.Probes += Invoke-PortProbe -Protocol $protocol -Family $family
            } catch {
                $faults += "${protocol} over ${family}: $($_.Exception.GetBaseException().Message)"
            }
        }
    }
    $status = 'read'
    if ($faults.Count -gt 0) { $status = 'partial' }
    if ($faults.Count -eq 4) { $status = 'failed' }
    Add-CaptureArtifact -Capture $Capture -Name 'probe' -Kind 'port-probe' -Status $status -Reason ($faults -join '; ')
}
