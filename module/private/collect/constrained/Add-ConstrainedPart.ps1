# Knows which collectors work in Constrained Language Mode, and says of the others why they are missing.

function Add-ConstrainedPart {
    <#
    .SYNOPSIS
    As Add-CapturePart.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string[]] $Part,
        [Parameter(Mandatory = $true)] [int] $EventHours
    )

    $fault = 'this session is in Constrained Language Mode'
    if ($Part -contains 'Tables') {
        Add-PortTable -Capture $Capture -Fault $fault
    }
    $null = Add-ProcessList -Capture $Capture -Fault $fault -MayOpen:($Part -contains 'Handles')
    if ($Part -contains 'Handles') {
        foreach ($name in 'handle-table', 'afd-handles') {
            Add-CaptureArtifact -Capture $Capture -Name $name -Kind $name -Status absent -Reason $fault
        }
    }
    Add-ServiceList -Capture $Capture -Fault $fault
    if ($Part -contains 'Probe') {
        Add-CaptureArtifact -Capture $Capture -Name 'probe' -Kind 'port-probe' -Status absent -Reason $fault
    }
    if ($Part -contains 'Settings') {
        Add-PortRange -Capture $Capture
        Add-TcpSetting -Capture $Capture
    }
    if ($Part -contains 'Events') { Add-TcpipEvent -Capture $Capture -Hours $EventHours }
}
