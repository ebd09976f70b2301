# Knows which part of a capture each collector is, and their order.

function Add-CapturePart {
    <#
    .SYNOPSIS
    Asks for everything that -Part names, and for processes and services.
    .PARAMETER Fault
    Why the native code cannot be asked; nothing where it can.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string[]] $Part,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds,
        [Parameter(Mandatory = $true)] [int] $EventHours,
        [AllowNull()] [AllowEmptyString()] [string] $Fault
    )

    if ($Part -contains 'Tables') {
        Add-PortTable -Capture $Capture -Fault $Fault
    }
    if ($Part -contains 'Handles') {
        $handleFault = $Fault
        if (-not $handleFault) { $handleFault = Get-BitnessFault }
        Add-HandleData -Capture $Capture -TimeoutSeconds $TimeoutSeconds -Fault $handleFault -NativeFault $Fault
    } else {
        $null = Add-ProcessList -Capture $Capture -Fault $Fault
    }
    Add-ServiceList -Capture $Capture -Fault $Fault
    if ($Part -contains 'Probe') { Add-PortProbe -Capture $Capture }
    if ($Part -contains 'Settings') {
        Add-PortRange -Capture $Capture
        Add-TcpSetting -Capture $Capture
    }
    if ($Part -contains 'Events') { Add-TcpipEvent -Capture $Capture -Hours $EventHours }
}
