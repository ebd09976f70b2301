# Knows what a user of Read-PortTrace may rely on: objects, streams, errors, and that nothing runs on after it.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }

    function Wait-ProcessEnd {
        param([int] $Id)
        foreach ($try in 1..30) {
            if (-not (Get-Process -Id $Id -ErrorAction Ignore)) { return $true }
            Start-Sleep -Milliseconds 100
        }
        return $false
    }

    # What the engine was called with, without the command and the file.
    function Get-EngineOption {
        param([hashtable] $Parameters)
        $verbose = Read-PortTrace -LiteralPath (Get-FakeTrace 'arguments') @Parameters -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $line = @($verbose | Where-Object { $_.Message -like 'arguments.etl: *' })[0].Message
        # Not by ConvertFrom-Json, which makes [datetime] of the times in PowerShell 7.
        [regex]::Matches($line, '"([^"\\]|\\.)*"').Value.Trim('"') | Select-Object -Skip 2
    }
}

Describe 'Report' {
    BeforeAll {
        $report = Read-PortTrace (Get-FakeTrace 'leak')
    }

    It 'has its type name, and so has every part' {
        $report.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.TraceReport'
        $report.verdict.culprit.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.Culprit'
        $report.coverage.providers[1].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.TraceProvider'
        $types = @{ victims = 'Victim'; holders = 'Holder'; failures = 'Failure'; reservations = 'TraceReservation'; destinations = 'TraceDestination' }
        foreach ($part in $types.Keys) {
            foreach ($row in $report.$part) {
                $row.PSObject.TypeNames[0] | Should -Be "PortExhaustion.$($types[$part])"
            }
        }
    }

    It 'has times in UTC' {
        foreach ($time in $report.session.startTime, $report.exhaustion.firstEvidence, $report.timeline[3].time, $report.victims[0].lastTime) {
            $time | Should -BeOfType [datetime]
            $time.Kind | Should -Be 'Utc'
        }
        $report.session.startTime.ToString('o') | Should -Be '2026-11-24T02:41:05.1234567Z'
        $report.coverage.since | Should -BeNullOrEmpty
    }

    It 'keeps numbers and names as they are' {
        $report.exhaustion.failures | Should -Be 1284
        $report.victims[3].processId | Should -BeNullOrEmpty
        $report.verdict.culprit.share | Should -Be 0.9312
    }
}

Describe 'Failed calls' {
    It 'come one by one, and no report' {
        $rows = Read-PortTrace (Get-FakeTrace 'failures') -Failure
        $rows.Count | Should -Be 12
        $rows | ForEach-Object { $_.PSObject.TypeNames[0] } | Sort-Object -Unique | Should -Be 'PortExhaustion.TraceFailureEvent'
        $rows[0].time.Kind | Should -Be 'Utc'
        Read-PortTrace (Get-FakeTrace 'leak') -Failure | Should -BeNullOrEmpty
    }
}

Describe 'Parameters' {
    It 'become options of the engine, times in UTC' {
        $time = [datetime]::new(2026, 11, 24, 3, 0, 0, [DateTimeKind]::Local)
        $text = $time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffffffZ', [cultureinfo]::InvariantCulture)
        Get-EngineOption @{ Since = $time } | Should -Be '--since', $text
        Get-EngineOption @{ Until = '2026-11-24T03:00:00Z' } | Should -Be '--until', '2026-11-24T03:00:00.0000000Z'
        Get-EngineOption @{ Failure = $true } | Should -Be '--failures'
        Get-EngineOption @{ Failure = $false } | Should -BeNullOrEmpty
    }

    It 'are refused where -Since is later than -Until' {
        { Read-PortTrace (Get-FakeTrace 'leak') -Since '2026-11-24 04:00' -Until '2026-11-24 03:00' } |
            Should -Throw -ErrorId 'InvalidTimeRange,Read-PortTrace'
    }
}

Describe 'Snapshots' {
    BeforeAll {
        $folder = New-Item -Path (Join-Path $TestDrive 'recorded') -ItemType Directory
        foreach ($name in 'arguments.etl', 'arguments.stop.zip', 'arguments.start.zip', 'other.start.zip') {
            $null = New-Item -Path (Join-Path $folder $name) -ItemType File
        }

        function Get-GivenSnapshot {
            param([hashtable] $Parameters)
            $verbose = Read-PortTrace -LiteralPath (Join-Path $folder 'arguments.etl') @Parameters -Verbose 4>&1
            $line = @($verbose | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like 'arguments.etl: *' })[0].Message
            [regex]::Matches($line, '"--capture","([^"]+)"') | ForEach-Object { Split-Path -Path $_.Groups[1].Value -Leaf }
        }
    }

    It 'beside the trace are read with it, that of the start first' {
        Get-GivenSnapshot @{} | Should -Be 'arguments.start.zip', 'arguments.stop.zip'
    }

    It 'that are given take their place' {
        Get-GivenSnapshot @{ SnapshotPath = (Join-Path $folder 'other.start.zip') } | Should -Be 'other.start.zip'
    }

    It 'may be folders, as Constrained Language Mode writes them, and need not be there' {
        $unpacked = New-Item -Path (Join-Path $folder 'unpacked') -ItemType Directory
        $null = New-Item -Path (Join-Path $unpacked 'capture.json') -ItemType File
        Get-GivenSnapshot @{ SnapshotPath = $unpacked.FullName, (Join-Path $folder 'none.zip') } | Should -Be 'capture.json', 'none.zip'
        @(Get-GivenSnapshot @{ SnapshotPath = 'NoSuchDrive:/x.zip', 'Env:PATH' }).Count | Should -Be 2
    }
}

Describe 'Paths' {
    BeforeAll {
        $folder = New-Item -Path (Join-Path $TestDrive 'traces') -ItemType Directory
        $null = New-Item -Path (Join-Path $folder 'a folder.etl') -ItemType Directory
        foreach ($name in 'healthy', 'leak', 'pac[k]ets') {
            $null = New-Item -Path (Join-Path $folder "$name.etl") -ItemType File
        }
    }

    It 'may hold wildcards, which pass over folders' {
        @(Read-PortTrace (Join-Path $folder '?ea*.etl')).Count | Should -Be 2
        $errors = $null
        Read-PortTrace (Join-Path $folder '*folder*') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -Be 'TraceFileNotFound,Read-PortTrace'
    }

    It 'come from Get-ChildItem' {
        $errors = $null
        $reports = @(Get-ChildItem -Path $folder -File | Read-PortTrace -ErrorVariable errors -ErrorAction SilentlyContinue)
        $reports.Count | Should -Be 2
        # The fake engine has no case of this name; what counts is that the brackets came through.
        $errors.TargetObject | Should -Be (Join-Path $folder 'pac[k]ets.etl')
    }

    It 'come as <Form>' -ForEach @(
        @{ Form = 'strings'; Make = { $args[0] } }
        @{ Form = 'objects with FullName'; Make = { [pscustomobject]@{ FullName = $args[0] } } }
        @{ Form = 'objects with Path'; Make = { [pscustomobject]@{ Path = $args[0] } } }
    ) {
        @(Get-FakeTrace 'leak', 'healthy' | ForEach-Object { & $Make $_ } | Read-PortTrace).Count | Should -Be 2
    }

    It 'are relative to the current location' {
        Push-Location -Path $folder
        try {
            (Read-PortTrace 'leak.etl').kind | Should -Be 'trace-report'
            (Read-PortTrace -LiteralPath 'leak.etl').kind | Should -Be 'trace-report'
        } finally {
            Pop-Location
        }
    }

    It 'may use a drive of PowerShell' {
        (Read-PortTrace 'TestDrive:/traces/leak.etl').kind | Should -Be 'trace-report'
    }
}

Describe 'Errors' {
    It 'have id <Id> and category <Category> for <Name>' -ForEach @(
        @{ Name = 'file-not-found'; Id = 'TraceFileNotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'file-is-folder'; Id = 'TraceFileIsFolder'; Category = 'InvalidArgument' }
        @{ Name = 'file-access-denied'; Id = 'TraceAccessDenied'; Category = 'PermissionDenied' }
        @{ Name = 'file-empty'; Id = 'TraceFileEmpty'; Category = 'InvalidData' }
        @{ Name = 'file-not-a-trace'; Id = 'NotATrace'; Category = 'InvalidData' }
        @{ Name = 'file-still-written'; Id = 'TraceStillWritten'; Category = 'ResourceBusy' }
        @{ Name = 'file-read-failed'; Id = 'TraceReadFailed'; Category = 'ReadError' }
        @{ Name = 'internal'; Id = 'EngineInternalError'; Category = 'NotSpecified' }
        @{ Name = 'a-code-not-known-yet'; Id = 'EngineError'; Category = 'NotSpecified' }
        @{ Name = 'other-contract'; Id = 'ContractMismatch'; Category = 'InvalidResult' }
        @{ Name = 'garbage'; Id = 'EngineOutputInvalid'; Category = 'InvalidResult' }
    ) {
        $errors = $null
        $file = Get-FakeTrace $Name
        Read-PortTrace -LiteralPath $file -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "$Id,Read-PortTrace"
        $errors[0].CategoryInfo.Category | Should -Be $Category
        $errors[0].TargetObject | Should -Be $file
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'come one for each file, and the next file is read' {
        $errors = $null
        $files = Get-FakeTrace 'leak', 'file-not-found', 'died', 'healthy'
        $reports = @(Read-PortTrace -Path $files -ErrorVariable errors -ErrorAction SilentlyContinue)
        $reports.Count | Should -Be 3 -Because 'the engine that died had given its report'
        $errors.FullyQualifiedErrorId | Should -Be 'TraceFileNotFound,Read-PortTrace', 'EngineDied,Read-PortTrace'
    }

    It 'name what is no path of a file' {
        $errors = $null
        Read-PortTrace 'Env:PATH', 'NoSuchDrive:\x.etl', (Join-Path $TestDrive 'nothing*.etl') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -Be 'TraceNotOnFileSystem,Read-PortTrace', 'TraceFileNotFound,Read-PortTrace', 'TraceFileNotFound,Read-PortTrace'
    }

    It 'end the command with -ErrorAction Stop' {
        { Read-PortTrace (Get-FakeTrace 'file-empty') -ErrorAction Stop } | Should -Throw -ErrorId 'TraceFileEmpty,Read-PortTrace'
    }

    It 'of later commands are not taken for the own ones' {
        { Read-PortTrace (Get-FakeTrace 'leak') | ForEach-Object { throw 'from below' } } | Should -Throw 'from below'
    }

    It 'end the command where there is no engine' {
        Mock Get-EnginePath -ModuleName PortExhaustion { }
        { Read-PortTrace (Get-FakeTrace 'leak') } | Should -Throw -ErrorId 'EngineNotFound,Read-PortTrace'
    }

    It 'bring their advice in the message where the host would not show it' {
        $fault = [pscustomobject]@{ code = 'file-empty'; message = 'It is empty.'; advice = 'Record again.' }
        InModuleScope PortExhaustion -Parameters @{ Fault = $fault } {
            (ConvertTo-ErrorRecord -Fault $Fault -Target 'x' -HostShowsAdvice $false).ErrorDetails.Message | Should -Be 'It is empty. Record again.'
            (ConvertTo-ErrorRecord -Fault $Fault -Target 'x' -HostShowsAdvice $true).ErrorDetails.Message | Should -Be 'It is empty.'
        }
    }
}

Describe 'Other streams' {
    It 'carry at most 10 warnings and the number of the rest' {
        $warnings = $null
        $null = Read-PortTrace (Get-FakeTrace 'diagnostics') -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 11
        $warnings[0].Message | Should -BeLike 'diagnostics.etl, offset 65536: *'
        $warnings[10].Message | Should -BeLike 'diagnostics.etl: 3 more warnings;*coverage.damage*'
    }

    It 'carry information and the remaining warnings with -Verbose' {
        $verbose = Read-PortTrace (Get-FakeTrace 'diagnostics') -Verbose -WarningAction SilentlyContinue 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $verbose.Message | Where-Object { $_ -like '*never closed*' } | Should -Not -BeNullOrEmpty
        @($verbose.Message | Where-Object { $_ -like '*offset 786432*' }).Count | Should -Be 1
    }

    It 'pass over records of kinds that are not known yet' {
        (Read-PortTrace (Get-FakeTrace 'from-the-future')).kind | Should -Be 'trace-report'
    }

    It 'show progress and take it away' {
        $shell = New-ModuleShell
        $null = $shell.AddCommand('Read-PortTrace').AddParameter('Path', (Get-FakeTrace 'leak')).Invoke()
        $progress = @($shell.Streams.Progress)
        $shell.Dispose()
        $progress[0].Activity | Should -Be 'Reading trace leak.etl'
        $progress.PercentComplete | Should -Contain 50
        $progress[-1].RecordType | Should -Be 'Completed'
    }
}

Describe 'The engine ends' {
    It 'when a later command wants no more' {
        $row = Read-PortTrace (Get-FakeTrace 'slow') -Failure | Select-Object -First 1
        Wait-ProcessEnd -Id $row.processId | Should -BeTrue
    }

    It 'when a later command fails' {
        $seen = @{}
        { Read-PortTrace (Get-FakeTrace 'slow') -Failure | ForEach-Object { $seen.Id = $_.processId; throw 'enough' } } | Should -Throw 'enough'
        Wait-ProcessEnd -Id $seen.Id | Should -BeTrue
    }

    It 'within a second of Ctrl+C' {
        $shell = New-ModuleShell
        $output = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
        $null = $shell.AddCommand('Read-PortTrace').AddParameter('Path', (Get-FakeTrace 'slow')).AddParameter('Failure', $true)
        $nothing = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
        $nothing.Complete()
        $run = $shell.BeginInvoke($nothing, $output)
        $patience = [System.Diagnostics.Stopwatch]::StartNew()
        while ($output.Count -eq 0 -and $patience.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 50 }
        Get-Process -Id $output[0].processId | Should -Not -BeNullOrEmpty
        $stopping = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $stopping.Elapsed.TotalSeconds | Should -BeLessThan 1
        $run.IsCompleted | Should -BeTrue
        Wait-ProcessEnd -Id $output[0].processId | Should -BeTrue
        $shell.Dispose()
    }
}
