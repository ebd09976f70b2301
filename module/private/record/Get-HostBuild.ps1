# Knows which Windows this is, as netsh's options depend on it. From the registry, as that needs no native code.

function Get-HostBuild {
    <#
    .SYNOPSIS
    The build of this Windows; $null elsewhere, and where it cannot be told.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param()

    if ($null -eq (Test-PortCollector)) {
        return Get-RegistryBuild
    }
}
