# Knows that module and built engine work together on real and built traces. Skipped where no engine was built; what the
# engine makes of each trace is for its own tests.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $fixtures = Join-Path $Repository 'tests/fixtures/etl'
    $isMissing = -not (InModuleScope PortExhaustion { Get-EnginePath }) -or -not (Test-Path -LiteralPath $fixtures)
    $traces = @(if (-not $isMissing) { Get-ChildItem -LiteralPath $fixtures -Filter '*.etl' | ForEach-Object { @{ Name = $_.Name; File = $_.FullName } } })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $fixtures = Join-Path $Repository 'tests/fixtures/etl'
    $leak = Join-Path $fixtures 'built__close-wait-leak.etl'
}

Describe 'Read-PortTrace of <Name> (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing -ForEach $traces -AllowNullOrEmptyForEach {
    It 'gives one report that its views can show' {
        $report = @(Read-PortTrace -LiteralPath $File -WarningAction SilentlyContinue -ErrorAction Stop)
        $report.Count | Should -Be 1
        $report[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.TraceReport'
        $report[0].file | Should -Be $File
        $report[0].sizeBytes | Should -Be (Get-Item -LiteralPath $File).Length
        $list = $report | Format-List | Out-String -Width 100
        $list | Should -Match 'Verdict'
        $list | Should -Match 'Coverage'
    }
}

Describe 'Read-PortTrace with the built engine (skipped where module/bin has none)' -Tag 'Engine' -Skip:$isMissing {
    It 'tells exhaustion from health' {
        (Read-PortTrace -LiteralPath $leak).verdict.exhausted | Should -Be 'yes'
        (Read-PortTrace -LiteralPath (Join-Path $fixtures 'built__healthy.etl')).verdict.exhausted | Should -Be 'no'
    }

    It 'goes on after a file that is missing, a folder, an empty file and a text' {
        $empty = New-Item -Path (Join-Path $TestDrive 'empty.etl') -ItemType File
        $text = New-Item -Path (Join-Path $TestDrive 'text.etl') -ItemType File -Value ('no trace at all ' * 1000)
        $missing = Join-Path $TestDrive 'missing.etl'
        $errors = $null
        $reports = @($leak, $missing, $TestDrive, $empty.FullName, $text.FullName, $leak |
                Read-PortTrace -ErrorVariable errors -ErrorAction SilentlyContinue)
        $reports.Count | Should -Be 2
        $errors.FullyQualifiedErrorId | Should -Be @(
            'TraceFileNotFound,Read-PortTrace', 'TraceFileIsFolder,Read-PortTrace', 'TraceFileEmpty,Read-PortTrace', 'NotATrace,Read-PortTrace')
        $errors.ErrorDetails.RecommendedAction | Should -Not -Contain ''
    }

    It 'finds the snapshots of a recording beside its trace, and blames a process that does nothing in it' {
        $recording = Join-Path $Repository 'tests/fixtures/recordings/leak-before'
        $report = Read-PortTrace -LiteralPath (Join-Path $recording 'ports.etl') -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $report.captures.used | Should -Be $true, $true
        $report.verdict.culprit.processName | Should -Be 'leak.exe'
        $report | Format-List | Out-String -Width 100 | Should -Match 'leak\.exe'
    }

    It 'warns of a snapshot that is not of the trace, and reads the trace without it' {
        $trace = Join-Path $Repository 'tests/fixtures/recordings/leak-before/ports.etl'
        $other = Join-Path $Repository 'tests/fixtures/captures/orphans-folder'
        $report = Read-PortTrace -LiteralPath $trace -SnapshotPath $other, (Join-Path $TestDrive 'none.zip') -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        $warnings[0].Message | Should -Match 'capture\.json is not used: .*10 minutes'
        $warnings[1].Message | Should -Match 'none\.zip is not used: .*does not exist'
        $report.captures.used | Should -Be $false, $false
        $report.verdict.exhausted | Should -Be 'yes'
        $report.verdict.culprit | Should -BeNullOrEmpty
    }

    It 'reads a file whose name needs quoting' {
        $file = Join-Path $TestDrive "it's a [trace] & more.etl"
        Copy-Item -LiteralPath $leak -Destination $file
        (Read-PortTrace -LiteralPath $file).file | Should -Be $file
    }

    It 'gives one row for each failure that the report counts' {
        $report = Read-PortTrace -LiteralPath $leak
        $rows = @(Read-PortTrace -LiteralPath $leak -Failure)
        $rows.Count | Should -Be ($report.failures | Measure-Object -Property count -Sum).Sum
        @($rows | Where-Object isExhaustion).Count | Should -Be $report.exhaustion.failures
        $rows[0].time | Should -Be $report.failures[0].firstTime
    }

    It 'counts only the time between -Since and -Until' {
        $whole = Read-PortTrace -LiteralPath $leak
        $middle = $whole.session.firstEventTime.AddTicks(($whole.session.lastEventTime - $whole.session.firstEventTime).Ticks / 2)
        $early = Read-PortTrace -LiteralPath $leak -Until $middle.ToLocalTime()
        $late = Read-PortTrace -LiteralPath $leak -Since $middle.AddTicks(1)
        $early.coverage.until | Should -Be $middle
        $early.coverage.events | Should -BeGreaterThan 0
        $early.coverage.events + $late.coverage.events | Should -Be $whole.coverage.events
    }
}
