# The module in PowerShell for Windows: imported by its manifest, with the Windows executable behind real Windows pipes.
# Runs under Wine only; tests/wine/main.mjs leaves what the Linux executable says of the same files.

BeforeDiscovery {
    $fixtures = Get-ChildItem -LiteralPath (Join-Path $PSScriptRoot '../fixtures/etl') -Filter '*.etl' |
        ForEach-Object { @{ Name = $_.Name; File = $_.FullName } }
}

Describe 'PortExhaustion in PowerShell for Windows' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot '../../PortExhaustion.psd1') -Force

        function Get-ExpectedRecord {
            param([string] $Name, [string] $Kind)
            $file = Join-Path $PSScriptRoot "../../build/.cache/wine/expected/$Name.ndjson"
            [IO.File]::ReadAllLines($file) | ForEach-Object { ConvertFrom-Json -InputObject $_ } | Where-Object kind -EQ $Kind
        }
    }

    It 'runs on Windows' {
        [Environment]::OSVersion.Platform | Should -Be 'Win32NT'
    }

    It 'exports what the manifest names' {
        (Get-Module PortExhaustion).ExportedFunctions.Keys | Should -Contain 'Read-PortTrace'
    }

    It 'reads <Name> as on Linux' -ForEach $fixtures {
        $expected = Get-ExpectedRecord $Name 'trace-report'
        $report = Read-PortTrace -LiteralPath $File -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue

        @($report).Count | Should -Be @($expected).Count
        @($problems).Count | Should -Be @(Get-ExpectedRecord $Name 'error').Count
        if ($null -ne $expected) { $report.PSTypeNames[0] | Should -Be 'PortExhaustion.TraceReport' }
        foreach ($part in 'verdict', 'binds', 'exhaustion', 'ledger', 'timeWait', 'session') {
            ConvertTo-Json $report.$part -Depth 9 | Should -Be (ConvertTo-Json $expected.$part -Depth 9)
        }
        @($report.holders).Count | Should -Be @($expected.holders).Count
        $report.coverage.decoded | Should -Be $expected.coverage.decoded
    }

    It 'streams failed calls' {
        $file = (Get-ChildItem -LiteralPath (Join-Path $PSScriptRoot '../fixtures/etl') -Filter '*.etl').FullName
        $failures = @(Read-PortTrace -LiteralPath $file -Failure -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)

        $failures.ForEach({ $_.PSTypeNames[0] }) | Select-Object -Unique | Should -Be 'PortExhaustion.TraceFailureEvent'
    }

    It 'gives an error for a file that is not there' {
        Read-PortTrace -LiteralPath 'Z:\no\such.etl' -ErrorAction SilentlyContinue -ErrorVariable problems

        $problems[0].FullyQualifiedErrorId | Should -Be 'TraceFileNotFound,Read-PortTrace'
    }
}
