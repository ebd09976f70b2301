# Remedies and the text about verdicts in PowerShell for Windows: of a file, of the machine itself, and by Get-Help with Windows' paths.

Describe 'Diagnosis in PowerShell for Windows' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot '../../PortExhaustion.psd1') -Force
        $file = (Get-Item -LiteralPath (Join-Path $PSScriptRoot '../fixtures/captures/orphans.zip')).FullName
    }

    It 'gives the remedies of a file that its verdict has' {
        $verdict = Test-PortExhaustion -LiteralPath $file
        $remedies = @(Get-PortRemedy $file)
        $remedies.Count | Should -BeGreaterThan 0
        $remedies.id | Should -Be $verdict.Remedies.id
        ($verdict | Get-PortRemedy).title | Should -Be $verdict.Remedies.title
        $remedies[0].PSTypeNames[0] | Should -Be 'PortExhaustion.Remedy'
        $remedies[0].computerName, $remedies[0].source | Should -Be $verdict.ComputerName, $file
        $remedies | Format-List | Out-String -Width 100 | Should -Match '(?m)^Check first +: '
    }

    It 'reads this machine for them, and has no remedy without a finding of the same reading' {
        $output = @(Get-PortRemedy -WarningAction SilentlyContinue 2>&1)
        $output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        foreach ($remedy in $output) {
            $remedy.PSTypeNames[0] | Should -Be 'PortExhaustion.Remedy'
            $remedy.computerName | Should -Be ([Environment]::MachineName)
            $remedy.source | Should -BeNullOrEmpty
            @($remedy.findings).Count | Should -BeGreaterThan 0
        }
    }

    It 'is explained where Get-Help finds it' {
        (Get-Help about_PortExhaustion) -join '' | Should -BeLike 'TOPIC*about_PortExhaustion*'
    }
}
