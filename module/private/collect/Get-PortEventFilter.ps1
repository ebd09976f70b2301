# Knows which events of Windows tell of ports: System log, source Tcpip, ids 4227, 4231 and 4266 (engine/model/port-events.ts says what
# each means).

function Get-PortEventFilter {
    <#
    .SYNOPSIS
    What Invoke-EventQuery takes as -Filter for those events.
    .PARAMETER Since
    Local time of this computer.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] [datetime] $Since)

    return @{ LogName = 'System'; ProviderName = 'Tcpip'; Id = 4227, 4231, 4266; StartTime = $Since }
}
