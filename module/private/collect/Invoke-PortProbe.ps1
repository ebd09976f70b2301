# Knows how a port is asked for that nobody chose: bind to port 0 of the wildcard address. The socket is closed at once and is never
# connected, so that nothing stays.

function Invoke-PortProbe {
    <#
    .SYNOPSIS
    { protocol, family, port, error } of one bind; error is a Winsock error, as 10055. Throws what is no socket error.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('tcp', 'udp')] [string] $Protocol,
        [Parameter(Mandatory = $true)] [ValidateSet('ipv4', 'ipv6')] [string] $Family
    )

    $address = [System.Net.IPAddress]::Any
    if ($Family -eq 'ipv6') { $address = [System.Net.IPAddress]::IPv6Any }
    $type = @{ tcp = 'Stream'; udp = 'Dgram' }[$Protocol]
    $result = New-Object -TypeName PSObject -Property ([ordered]@{ protocol = $Protocol; family = $Family; port = $null; error = $null })
    $socket = $null
    try {
        $socket = New-Object -TypeName System.Net.Sockets.Socket -ArgumentList $address.AddressFamily, $type, $Protocol
        $socket.Bind((New-Object -TypeName System.Net.IPEndPoint -ArgumentList $address, 0))
        $result.port = $socket.LocalEndPoint.Port
    } catch {
        $cause = $_.Exception.GetBaseException()
        if ($cause -isnot [System.Net.Sockets.SocketException]) { throw }
        # Winsock's numbers on every system, which ErrorCode is not.
        $result.error = [int] $cause.SocketErrorCode
    } finally {
        if ($null -ne $socket) { $socket.Close() }
    }
    return $result
}
