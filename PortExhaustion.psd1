# Says what the module is and what it exports. ModuleVersion repeats "version" of package.json and FunctionsToExport
# repeats the file names in module/public; tests/module/Manifest.Tests.ps1 keeps them equal.
@{
    RootModule           = 'module/PortExhaustion.psm1'
    ModuleVersion        = '0.4.0'
    GUID                 = '5b0f3c1e-7d52-4a0e-9f4b-6a2d8c91e7b3'
    Author               = 'PortExhaustion contributors'
    CompanyName          = 'PortExhaustion contributors'
    Copyright            = '(c) 2026 PortExhaustion contributors. MIT License.'
    Description          = 'Says whether a Windows machine is out of ephemeral ports, who holds them and who was hurt: from the machine itself, from files collected there, or from an .etl trace.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    TypesToProcess       = @(
        'module/views/PortExhaustion.Types.ps1xml'
        'module/views/PortExhaustion.Change.Types.ps1xml'
        'module/views/PortExhaustion.Diagnosis.Types.ps1xml'
    )
    FormatsToProcess     = @(
        'module/views/PortExhaustion.Format.ps1xml'
        'module/views/PortExhaustion.Failure.Format.ps1xml'
        'module/views/PortExhaustion.Parts.Format.ps1xml'
        'module/views/PortExhaustion.TraceCapture.Format.ps1xml'
        'module/views/PortExhaustion.Verdict.Format.ps1xml'
        'module/views/PortExhaustion.Owner.Format.ps1xml'
        'module/views/PortExhaustion.Pool.Format.ps1xml'
        'module/views/PortExhaustion.VerdictParts.Format.ps1xml'
        'module/views/PortExhaustion.Diagnosis.Format.ps1xml'
        'module/views/PortExhaustion.Remedy.Format.ps1xml'
        'module/views/PortExhaustion.Snapshot.Format.ps1xml'
        'module/views/PortExhaustion.Record.Format.ps1xml'
        'module/views/PortExhaustion.Watch.Format.ps1xml'
        'module/views/PortExhaustion.Change.Format.ps1xml'
        'module/views/PortExhaustion.Growth.Format.ps1xml'
        'module/views/PortExhaustion.ErrorMeaning.Format.ps1xml'
    )
    FunctionsToExport    = @(
        'Compare-PortSnapshot', 'Get-AfdHandleOwner', 'Get-PortExhaustionEvent', 'Get-PortHistory', 'Get-PortOwner', 'Get-PortPool',
        'Get-PortRemedy', 'Get-PortReservation', 'Get-PortTrace', 'Get-PortWatch', 'Measure-PortChurn', 'New-PortSnapshot',
        'Read-PortTrace', 'Register-PortWatch', 'Resolve-PortError', 'Start-PortTrace', 'Stop-PortTrace', 'Test-PortExhaustion', 'Unregister-PortWatch'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @(
                'ephemeral-ports', 'port-exhaustion', 'etl', 'etw', 'netsh', 'winsock', 'tcp', 'udp', 'network', 'diagnostics',
                'Windows', 'Linux', 'MacOS', 'PSEdition_Desktop', 'PSEdition_Core'
            )
        }
    }
}
