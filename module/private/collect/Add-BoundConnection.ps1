# Knows that CIM tells bound TCP endpoints as connections of state 100 (MSFT_NetTCPConnection, Windows 8 and Server 2012 and later).

function Add-BoundConnection {
    <#
    .SYNOPSIS
    Adds the bound TCP endpoints as CSV.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $null = Add-ConnectionCsv -Capture $Capture -Name 'bound-tcp-connections' -Kind 'net-tcp-connection' -Filter 'State = 100'
}
