# Knows what a user sees of a comparison: which files are compared, what comes of it as an object, which errors there are, and how it
# looks on a terminal of 100 columns. The engine is a stand-in.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    # The folder's name tells the fake engine which error it is to give.
    $engineErrors = @(
        @{ Code = 'captures-too-few'; Id = 'CapturesTooFew'; Exception = [System.ArgumentException] }
        @{ Code = 'captures-different-machines'; Id = 'CapturesOfTwoMachines'; Exception = [System.ArgumentException] }
        @{ Code = 'captures-restart-between'; Id = 'CapturesRestartBetween'; Exception = [System.IO.InvalidDataException] }
        @{ Code = 'captures-clock-jump'; Id = 'CapturesClockJump'; Exception = [System.IO.InvalidDataException] }
        @{ Code = 'capture-damaged'; Id = 'CaptureDamaged'; Exception = [System.IO.InvalidDataException] }
        @{ Code = 'file-not-found'; Id = 'EvidenceFileNotFound'; Exception = [System.IO.FileNotFoundException] }
        @{ Code = 'not-known-yet'; Id = 'EngineError'; Exception = [System.InvalidOperationException] }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $width = 100
    $growing = New-FakeSeries 'growing' $TestDrive
    $steady = New-FakeSeries 'steady' $TestDrive
    $widest = New-FakeSeries 'widest-comparison' $TestDrive

    # The files that a call of the engine was given, by their names.
    function Get-ComparedName {
        param([object[]] $Output)
        $line = @($Output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '`["compare"*' })
        if ($line.Count -ne 1) { return "$($line.Count) runs" }
        ConvertFrom-Json -InputObject $line[0].Message | Select-Object -Skip 1 | ForEach-Object { Split-Path -Path $_ -Leaf }
    }
}

Describe 'Files to compare' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'arguments-of-compare'
        $null = New-FakeSeries 'arguments-of-compare' $TestDrive -File 'a.zip', 'b.zip', 'c.zip', 'notes.txt', 'x[1].zip', 'capitals/D.ZIP', 'capitals/e.zip', 'capitals/f.zipx'
        Push-Location -LiteralPath $folder
    }

    AfterAll {
        Pop-Location
    }

    It 'are <Expected> for <Call>' -ForEach @(
        @{ Call = 'Compare-PortSnapshot a.zip b.zip'; Expected = 'a.zip', 'b.zip' }
        @{ Call = 'Compare-PortSnapshot a.zip b.zip, c.zip'; Expected = 'a.zip', 'b.zip', 'c.zip' }
        @{ Call = 'Compare-PortSnapshot a.zip, b.zip'; Expected = 'a.zip', 'b.zip' }
        @{ Call = 'Compare-PortSnapshot -ReferencePath a.zip -DifferencePath c.zip'; Expected = 'a.zip', 'c.zip' }
        @{ Call = 'Compare-PortSnapshot ?.zip'; Expected = 'a.zip', 'b.zip', 'c.zip' }
        @{ Call = "'a.zip', 'c.zip' | Compare-PortSnapshot"; Expected = 'a.zip', 'c.zip' }
        @{ Call = "'c.zip' | Compare-PortSnapshot -DifferencePath a.zip"; Expected = 'a.zip', 'c.zip' }
        @{ Call = 'Get-ChildItem -Filter *.zip | Compare-PortSnapshot'; Expected = 'a.zip', 'b.zip', 'c.zip', 'x[1].zip' }
        @{ Call = "'a.zip', 'b.zip' | ForEach-Object { [pscustomobject]@{ Path = `$_; ComputerName = 'X' } } | Compare-PortSnapshot"; Expected = 'a.zip', 'b.zip' }
        @{ Call = "'a.zip', 'c.zip' | ForEach-Object { [pscustomobject]@{ PSTypeName = 'PortExhaustion.Verdict'; Level = 'Healthy'; Source = `$_ } } | Compare-PortSnapshot"; Expected = 'a.zip', 'c.zip' }
        @{ Call = "Compare-PortSnapshot -LiteralPath a.zip, 'x[1].zip'"; Expected = 'a.zip', 'x[1].zip' }
        @{ Call = 'Compare-PortSnapshot .'; Expected = 'a.zip', 'b.zip', 'c.zip', 'x[1].zip' }
        @{ Call = 'Compare-PortSnapshot a.zip a.zip, b.zip'; Expected = 'a.zip', 'b.zip' }
        @{ Call = 'Compare-PortSnapshot a.zip capitals'; Expected = 'a.zip', 'D.ZIP', 'e.zip' }
    ) {
        $output = & ([scriptblock]::Create("$Call -Verbose 4>&1"))
        Get-ComparedName $output | Sort-Object | Should -Be $Expected
        @($output | Where-Object { $_.PSObject.TypeNames -contains 'PortExhaustion.Comparison' }).Count | Should -Be 1
    }

    It 'may be folders, as Constrained Language Mode writes them' {
        $null = New-FakeSeries 'arguments-of-compare/unpacked' $TestDrive -File 'capture.json'
        $given = @(Compare-PortSnapshot a.zip unpacked, unpacked/capture.json -Verbose 4>&1)
        Get-ComparedName $given | Sort-Object | Should -Be 'a.zip', 'capture.json'
    }
}

Describe 'A comparison' {
    BeforeAll {
        $answer = Compare-PortSnapshot $growing
    }

    It 'is one object that says who, how fast and until when' {
        @($answer).Count | Should -Be 1
        $answer.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.Comparison'
        $answer.ComputerName | Should -Be 'WEB01'
        $answer.Minutes | Should -Be 10
        $answer.Growth.trend | Should -Be 'Growing', 'NotGrowing'
        $answer.Growth[0].forecast.minutes | Should -Be 14.6
        $answer.Growth[1].forecast | Should -BeNullOrEmpty
        $answer.Findings.id | Should -Be 'growing-owner'
        $answer.Unchecked.id | Should -Be 'churn-by-destination'
        $answer.Remedies.commands | Should -Be "Restart-Service -Name 'ContosoBilling'"
        $answer.Notes.Count | Should -Be 1
    }

    It 'has the rows of all records, in the order of the engine' {
        $answer.Changes.processId | Should -Be 115868, 4312, 5120, 1180, 6001
        $answer.Changes[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortChange'
    }

    It 'has types in all of its parts, and times in UTC' {
        $answer.Growth[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortGrowth'
        $answer.Growth[0].rate.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortRate'
        $answer.Growth[0].forecast.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.ExhaustionForecast'
        $answer.Changes[0].rate.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortRate'
        $answer.Captures[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.ComparedCapture'
        foreach ($time in $answer.Captures[0].time, $answer.Growth[0].firstTime, $answer.Growth[0].lastTime, $answer.Growth[0].forecast.time) {
            $time | Should -BeOfType [datetime]
            $time.Kind | Should -Be 'Utc'
        }
    }

    It 'shows how far the reading of a long series is, and that it is over' {
        $shell = New-ModuleShell
        $null = $shell.AddCommand('Compare-PortSnapshot').AddParameter('Path', $growing).Invoke()
        $progress = @($shell.Streams.Progress)
        $shell.Dispose()
        $progress.PercentComplete[0..1] | Should -Be 0, 60
        $progress[0].Activity | Should -Be 'Comparing snapshots'
        $progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'is none of a pipeline that brings nothing' {
        @() | Compare-PortSnapshot | Should -BeNullOrEmpty
    }

    It 'tells what the engine warns of, at most 10 times' {
        $warnings = $null
        $null = Compare-PortSnapshot $steady -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Message | Should -Be '0300.zip: tcp-ipv6 was not read.'
        $null = Compare-PortSnapshot (New-FakeSeries 'many-warnings-of-compare' $TestDrive) -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 11
        $warnings[10].Message | Should -Be '3 more warnings; -Verbose shows every one.'
    }
}

Describe 'Notes of a comparison' {
    It 'name <Name> as <Expected>' -ForEach @(
        @{ Name = 'captures of one folder'; File = '/cases/a.zip', '/cases/b.zip'; Expected = 'a.zip b.zip' }
        @{ Name = 'captures of one folder of Windows'; File = 'C:\Cases\a.zip', 'C:\Cases\b.zip'; Expected = 'a.zip b.zip' }
        @{ Name = 'folders that are captures'; File = '/cases/a/capture.json', '/cases/b/capture.json'; Expected = 'a/capture.json b/capture.json' }
        @{ Name = 'captures below one folder'; File = '/cases/a.zip', '/cases/old/b.zip'; Expected = 'a.zip old/b.zip' }
        @{ Name = 'captures of two folders by their paths'; File = '/new/a.zip', '/old/a.zip'; Expected = '/new/a.zip /old/a.zip' }
        @{ Name = 'names that are no paths'; File = 'a.zip', 'b.zip'; Expected = 'a.zip b.zip' }
        @{ Name = 'nothing where nothing was compared'; File = @(); Expected = '' }
    ) {
        $given = [pscustomobject]@{
            captures = @($File | ForEach-Object { [pscustomobject]@{ file = $_; time = '2026-11-24T03:00:00.0000000Z'; computer = 'WEB01' } })
            minutes = 1; growth = @(); findings = @(); unchecked = @(); remedies = @(); notes = @("$File")
        }
        $made = InModuleScope PortExhaustion -Parameters @{ Given = $given } { ConvertTo-PortComparison -Comparison $Given -Change @() }
        $made.Notes | Should -Be $Expected
        @($made.Captures | ForEach-Object { $_.file }) | Should -Be @($File)
    }
}

Describe 'Errors of a comparison' {
    It 'are <Id> where the engine says <Code>' -ForEach $engineErrors {
        $errors = $null
        Compare-PortSnapshot (New-FakeSeries $Code $TestDrive) -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "$Id,Compare-PortSnapshot"
        $errors[0].Exception | Should -BeOfType $Exception
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $errors[0].TargetObject | Should -BeLike '*.zip'
    }

    It 'leave no answer where the engine died after the comparison' {
        $errors = $null
        Compare-PortSnapshot (New-FakeSeries 'compare-died' $TestDrive) -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'EngineDied,Compare-PortSnapshot'
    }

    It 'are <Id> for <Path>, and nothing is compared, as the others alone would give another answer' -ForEach @(
        @{ Id = 'EvidenceFileNotFound'; Path = 'nothing*.zip' }
        @{ Id = 'EvidenceFileNotFound'; Path = 'nodrive:\a.zip' }
        @{ Id = 'EvidenceNotOnFileSystem'; Path = 'Env:PATH' }
        @{ Id = 'EvidenceFolderEmpty'; Path = 'TestDrive:/empty' }
    ) {
        $null = New-Item -Path (Join-Path $TestDrive 'empty') -ItemType Directory -Force
        $errors = $null
        Compare-PortSnapshot $growing[0] $Path, $growing[1] -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be "$Id,Compare-PortSnapshot"
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'say that there are too many files for one command line' {
        $names = 1..400 | ForEach-Object { 'x' * 90 + "$_.zip" }
        { Compare-PortSnapshot (New-FakeSeries 'growing' $TestDrive -File $names) -ErrorAction Stop } | Should -Throw -ErrorId 'EvidenceTooMany,Compare-PortSnapshot'
    }

    It 'end the command where there is no engine' {
        Mock Get-EnginePath -ModuleName PortExhaustion { }
        { Compare-PortSnapshot $growing } | Should -Throw -ErrorId 'EngineNotFound,Compare-PortSnapshot'
    }
}

Describe 'Views of a comparison' {
    BeforeAll {
        $answers = @($growing, $steady, $widest | ForEach-Object { , $_ }) | ForEach-Object { Compare-PortSnapshot $_ -WarningAction SilentlyContinue }
        $parts = @($answers.Changes), @($answers.Growth), @($answers.Captures), @($answers[0].Growth.rate), @($answers[0].Growth[0].forecast)
        # Narrow without break spaces and the like between thousands would hide in a pattern.
        $text = Get-View $answers[0]
    }

    It 'fit 100 columns and cut nothing off' {
        foreach ($part in @(, $answers) + $parts) {
            foreach ($view in (Get-View $part), (Get-View $part -As List)) {
                Get-Width $view | Should -BeLessOrEqual $width
                Test-Ellipsis $view | Should -BeFalse
            }
        }
    }

    It 'are the same after two journeys through Export-Clixml' {
        $file = Join-Path $TestDrive 'journey.xml'
        $back = $answers
        foreach ($turn in 1..2) {
            $back | Export-Clixml -Path $file
            $back = @(Import-Clixml -Path $file)
        }
        $back[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.PortExhaustion.Comparison'
        Get-View $back | Should -Be (Get-View $answers)
        Get-View $back[0].Changes | Should -Be (Get-View $answers[0].Changes)
        Get-View $back[0].Growth -As List | Should -Be (Get-View $answers[0].Growth -As List)
    }

    It 'are in the order in which a report is read' {
        $labels = [regex]::Matches($text, '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value }
        $labels | Should -Be 'Computer', 'Compared', 'Pools', 'Processes', 'Findings', 'Remedies', 'Not checked', 'Notes'
        $labels = [regex]::Matches((Get-View $answers[1]), '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value }
        $labels | Should -Be 'Computer', 'Compared', 'Pools', 'Processes'
    }

    It 'tell the rate with its interval, and the time to exhaustion with its own' {
        $text | Should -Match '(?m)^Pools +: Pool +Used +of +Ports/min \(95 % interval\) +Trend'
        $text | Should -Match '(?m)^ +tcp +6.100 -> 10.223 +16.256 +\+412\.3 \(398\.1 to 426\.5\) +growing$'
        $text | Should -Match 'Full in 15 min \(14 min to 15 min\) if it goes on like this\.'
        $text | Should -Match '(?m)^ +udp +61 -> 63 +16.384 +\+0\.200 \(-0\.300 to 0\.700\) +not growing$'
        $text | Should -Match 'The excluded ranges changed between the captures\.'
        Get-View $answers[2] | Should -Match 'Full in 47 h 59 min \(45 h 59 min to 857\.3 days\)'
    }

    It 'name the processes that changed, the services in them, and count the others' {
        $text | Should -Match '(?m)^ +\+4.120 +4.121 +1 +9.320 +\+412\.0  growing +Contoso\.Billing$'
        $text | Should -Match '(?m)^ +Service: ContosoBilling$'
        $text | Should -Match 'backup\.exe \(5120\), tcp,\r?\n +started'
        $text | Should -Match 'unknown \(6001\), tcp, has\r?\n +ended'
        $text | Should -Not -Match 'svchost'
        $text | Should -Match '1 more in Changes\.'
        Get-View $answers[1] | Should -Match 'None was seen to open or close a port of a pool\.'
    }

    It 'tell <_> as a verdict does' -ForEach 'Findings', 'Remedies', 'Not checked' {
        $label = $_
        $blocks = foreach ($name in 'Verdict', 'Change') {
            $xml = [xml] [System.IO.File]::ReadAllText((Join-Path $ModuleFolder "views/PortExhaustion.$name.Format.ps1xml"))
            $xml.SelectSingleNode("//ListItem[Label='$label']").OuterXml
        }
        $blocks[0] | Should -Not -BeNullOrEmpty
        $blocks[1] | Should -Be $blocks[0]
    }

    It 'tell slow rates by more digits, why a trend is not known, and which folder a capture is' {
        $slow = Compare-PortSnapshot $growing
        $slow.Growth[0].rate = [pscustomobject]@{ perMinute = 0.0333; lower = 0.0211; upper = 0.0455 }
        $slow.Changes[0].rate = $slow.Growth[0].rate
        $slow.Growth[1].trend = 'Unknown'
        $slow.Growth[1].rate = $null
        $slow.Growth[1].summary = 'Whether it grows is not known: 5 s are too short to tell.'
        $slow.Captures[0].file = 'C:\Cases\web01\first\capture.json'
        $view = Get-View $slow
        $view | Should -Match 'tcp .* \+0\.033 \(0\.021 to 0\.046\) +growing'
        $view | Should -Match '(?m)^ +\+4.120 .* \+0\.033  growing'
        $view | Should -Match '(?m)^ +udp .* not known +not known\r?\n +Whether it grows is not known: 5 s are too short to tell\.'
        $view | Should -Match '2026-11-24 03:00:00Z  first\r?\n'
        Get-View $slow.Growth | Should -Match '0\.021 to 0\.046'
        Get-View $slow.Captures | Should -Match '(?m)^2026-11-24 03:00:00Z WEB01 +first'
    }

    It 'have a table of processes and one of pools' {
        $table = Get-View $answers[0].Changes
        $table | Should -Match 'Process +PID Pool +Held +Opened +Closed +Net +Ports/min \(95 %\) Trend'
        $table | Should -Match '(?m)^Contoso\.Billing +115868 tcp +9.320 +4.121 +1 +\+4.120 +\+412\.0 growing'
        $table | Should -Match '399\.4 to 424\.6'
        $table | Should -Match '(?m)^backup\.exe +5120 tcp +12 +12 +0 +\+12 +not known not known'
        $table | Should -Match '(?m)^ \(started\)'
        Get-View $answers[0].Growth | Should -Match '(?m)^tcp +3 +10 +6.100 -> 10.223 +16.256 growing +\+412\.3 in 15 min'
        Get-View $answers[0].Growth -As List | Should -Match 'Full at +: 2026-11-24 03:24:36Z at this rate'
    }

    It 'say of pools when they were measured, and of which history' {
        Get-View $answers[0].Growth | Should -Match '(?m)^   Measured: 2026-11-24 03:00:00Z to 2026-11-24 03:10:00Z\r?$'
        $histories = foreach ($name in 'web01', ('d' * 120)) { Split-Path -Path (New-FakeSeries "kept/$name" $TestDrive -File 'history.csv') -Parent }
        $pools = Measure-PortChurn -HistoryPath $histories
        $table, $list = (Get-View $pools), (Get-View $pools -As List)
        foreach ($history in $histories) {
            $table -replace '\r?\n' | Should -Match "   Measured: $([regex]::Escape($history))"
            $list -replace '\r?\n +' | Should -Match "Read from +: $([regex]::Escape($history))"
        }
        foreach ($view in $table, $list) { Get-Width $view | Should -BeLessOrEqual $width }
        Get-View $answers[0].Growth -As List | Should -Not -Match 'Read from'
    }

    It 'keep Gregorian UTC dates in the culture <_>' -ForEach 'de-DE', 'th-TH', 'ar-SA' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
            $view = Get-View $answers[0]
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $view | Should -Match '2026-11-24 03:10:00Z  0310\.zip'
    }

    It 'work where the session is in strict mode' {
        $shell = New-ModuleShell
        $script = {
            param($Path)
            Set-StrictMode -Version 3.0
            $answer = Compare-PortSnapshot $Path
            $answer, $answer.Changes, $answer.Growth | ForEach-Object { $_ | Out-String -Width 100; $_ | Format-List | Out-String -Width 100 }
        }
        $view = $shell.AddScript($script.ToString()).AddArgument($growing).Invoke() -join ''
        $errors = @($shell.Streams.Error)
        $shell.Dispose()
        $errors | Should -BeNullOrEmpty
        $view | Should -Match 'Full in 15 min'
    }
}

Describe 'Growth of a trace' {
    It 'stands in its report, typed, and in its list where there is any' {
        $report = Read-PortTrace (Get-FakeTrace 'leak')
        $report.growth.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortGrowth'
        $report.growth.firstTime.Kind | Should -Be 'Utc'
        $report.growth.forecast.time.Kind | Should -Be 'Utc'
        Get-View $report -As List | Should -Match '(?m)^Growth +: Growing by 901\.7 ports per minute \(830\.2 to 973\.1\):'
        Get-View $report -As List | Should -Match 'Only ports that were opened in the trace are counted\.'
        Get-View $report.growth | Should -Match '(?m)^all +5 +12 +180 -> 11.000 +16.384 growing'
        Get-View (Read-PortTrace (Get-FakeTrace 'packets')) -As List | Should -Not -Match '(?m)^Growth'
    }
}
