# Knows which events of Windows tell of ports, and no more: a mask takes every event that has any of its bits, and events without a
# keyword always come. From the manifests in repnz/etw-providers-docs: Winsock-AFD of Windows 7 (7600), TCPIP of Windows 10 (18990; events
# 1001 to 1082). For other builds and events the masks rest on what the shared facts say of their stability.
# Winsock-AFD: the calls of programs (1000 to 1037) are all under SOURCE_WINSOCK 0x4, what the network brings is under 0x8; the older
# events 1 to 41 have no keyword.
# TCPIP: endpoints, listeners, connections, binds and reservations are under the low bits 0x1, 0x2, 0x4, 0x8, Diagnosis 0x80;
# ports that are taken and given back (1191, 1193) only under ConnectPath. Of the high bits no other means the same in all builds, and
# 0x400 (Endpoint: binds of UDP) has a meaning from Windows 10 on.

function Get-TraceProvider {
    <#
    .SYNOPSIS
    The providers of a lean recording, each { name, keywords, level }. Level 4 is Informational: below it nothing but failures come.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [int] $Build)

    $tcpip = '0x40000008F'
    if ($Build -ge 10240) { $tcpip = '0x40000048F' }
    New-Record -Value ([ordered]@{ name = 'Microsoft-Windows-Winsock-AFD'; keywords = '0x4'; level = 4 })
    New-Record -Value ([ordered]@{ name = 'Microsoft-Windows-TCPIP'; keywords = $tcpip; level = 4 })
}
