# Knows where the Application log keeps the source PortExhaustion: in a registry key, as it does each source (Microsoft's "Eventlog Key").

function Get-EventSourceKey {
    <#
    .SYNOPSIS
    Path of the key, whether it is there or not.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\PortExhaustion'
}
