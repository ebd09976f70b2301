# Knows why there is no engine to run. The executables are made of Node 22, which ends at once before Windows 8.1 and Server 2012 R2,
# build 9600 ("Node.js is only supported on Windows 8.1, Windows Server 2012 R2, or higher", a string in node.exe), and imports
# GetSystemTimePreciseAsFileTime, which came with Windows 8. Its makers support Windows 10 and Server 2016 (BUILDING.md of Node); what
# lies between is tried. Asked before a machine is read, as the engine would say so only afterwards.

function Get-EngineFault {
    <#
    .SYNOPSIS
    A record of kind 'error' where this computer has no engine that it can run, else nothing.
    .PARAMETER Engine
    What Get-EngineCommand gave.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([AllowNull()] [psobject] $Engine)

    $build = $null
    if ($null -eq (Test-PortCollector)) {
        # Not by the version that .NET tells, which is that of Windows 8 in programs without a manifest.
        $build = Get-RegistryBuild
    }
    if ($null -ne $build -and $build -lt 9600) {
        $message = "The engine does not run on this Windows (build $build)."
        return New-FaultRecord -Code 'system-too-old' -Message $message -Path $ModuleRoot
    }
    if ($null -eq $Engine) {
        return New-FaultRecord -Code 'engine-not-found' -Message 'The PortExhaustion module has no engine that runs on this computer.' -Path $ModuleRoot
    }
}
