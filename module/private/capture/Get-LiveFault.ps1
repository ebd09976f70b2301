# Knows how it is said that this machine cannot be read at all.

function Get-LiveFault {
    <#
    .SYNOPSIS
    A record of kind 'error' where this computer cannot be read, else nothing.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $reason = Test-PortCollector
    if ($reason) {
        return New-FaultRecord -Code 'live-not-possible' -Message "This computer cannot be read: $reason."
    }
}
