# Knows what can be told of the machine without calling .NET: whether the session is elevated cannot.

function Get-ConstrainedMachine {
    <#
    .SYNOPSIS
    As Get-CaptureMachine.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $pointerSize = 8
    if ($env:PROCESSOR_ARCHITECTURE -eq 'x86') { $pointerSize = 4 }
    return New-Object -TypeName PSObject -Property ([ordered]@{
            name           = [string] $env:COMPUTERNAME
            osBuild        = Get-RegistryBuild
            time           = ConvertTo-CaptureTime -Time (Get-Date)
            pointerSize    = $pointerSize
            elevated       = $null
            debugPrivilege = $null
            wine           = $false
        })
}
