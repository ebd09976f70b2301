# Knows the artifacts of the tables of TCP and UDP (docs/capture-format.md): the extended tables of each protocol and family, and
# the bound TCP endpoints, with what takes their place where they are not to be had.

function Add-PortTable {
    <#
    .SYNOPSIS
    Adds the tables of all protocols and families, and texts in their place where there are none.
    .PARAMETER Fault
    Why the native code cannot be asked; nothing where it can.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [AllowNull()] [AllowEmptyString()] [string] $Fault
    )

    $isBound = Add-NativeTable -Capture $Capture -Kind 'bound-tcp-table' -Question BoundTable -Fault $Fault
    if (-not $isBound) {
        Add-BoundConnection -Capture $Capture
    }
    $isTcp = Add-NativeTable -Capture $Capture -Kind 'tcp-table' -Question TcpTable -Fault $Fault
    $isUdp = Add-NativeTable -Capture $Capture -Kind 'udp-table' -Question UdpTable -Fault $Fault
    if (-not $isTcp -or -not $isUdp) {
        Add-TextTable -Capture $Capture
    }
}
