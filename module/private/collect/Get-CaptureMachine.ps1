# Knows `machine` of capture.json (engine/contract/capture.schema.json): what decides how the raw answers are to be read and what
# this session could see at all.

function Get-CaptureMachine {
    <#
    .SYNOPSIS
    The machine, at this moment.
    .PARAMETER Native
    The native code can be asked.
    .PARAMETER DebugPrivilege
    Whether SeDebugPrivilege is enabled; $null where nobody asked for it.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [switch] $Native,
        [AllowNull()] [object] $DebugPrivilege
    )

    $build = $null
    $isWine = $false
    if ($Native) {
        $build = Invoke-PortNative -Question Build
        $isWine = Invoke-PortNative -Question Wine
    }
    if ($build -isnot [int] -or $build -le 0) {
        $build = Get-RegistryBuild
    }
    return New-Object -TypeName PSObject -Property ([ordered]@{
            name           = [System.Environment]::MachineName
            osBuild        = $build
            time           = ConvertTo-CaptureTime -Time ([datetime]::UtcNow)
            pointerSize    = [System.IntPtr]::Size
            elevated       = Test-Elevation
            debugPrivilege = $DebugPrivilege
            wine           = $isWine -eq $true
        })
}
