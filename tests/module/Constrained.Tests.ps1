# Knows that the cmdlets work in Constrained Language Mode, and that what takes their functions' places there fits.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    $twins = Get-ChildItem -Path (Join-Path $ModuleFolder 'private/constrained') -Filter '*.ps1' | ForEach-Object { @{ Name = $_.BaseName; File = $_.FullName } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    $web01 = New-FakeCapture 'web01' $TestDrive

    function Invoke-Constrained {
        param([string] $Script, [object] $Argument)
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $setUp = "param(`$Argument) Import-Module '$Manifest'; & (Get-Module PortExhaustion) { Set-Item -Path function:script:Get-EnginePath -Value { '$FakeEngine' } }; "
            $output = $shell.AddScript($setUp + $Script).AddArgument($Argument).Invoke()
            return [pscustomobject]@{ Output = @($output); Errors = @($shell.Streams.Error); Warnings = @($shell.Streams.Warning) }
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'The twin of <Name>' -ForEach $twins {
    It 'has the same parameters' {
        $original = @(Get-ChildItem -Path (Join-Path $ModuleFolder 'private') -Filter "$Name.ps1" -Recurse | Where-Object { $_.FullName -ne $File })
        $original.Count | Should -Be 1
        $parameters = foreach ($path in $original[0].FullName, $File) {
            $tree = [System.Management.Automation.Language.Parser]::ParseFile($path, [ref] $null, [ref] $null)
            , @($tree.EndBlock.Statements[0].Body.ParamBlock.Parameters | ForEach-Object { $_.Name.VariablePath.UserPath })
        }
        $parameters[1] | Should -Be $parameters[0]
    }
}

Describe 'In Constrained Language Mode' {
    It 'the mode is what this file says' {
        $run = Invoke-Constrained '$ExecutionContext.SessionState.LanguageMode; [System.IO.Path]::GetTempPath()'
        $run.Output[0] | Should -Be 'ConstrainedLanguage'
        $run.Errors.Count | Should -Be 1
    }

    It '<Command> gives what it gives elsewhere' -ForEach @(
        @{ Command = 'Test-PortExhaustion' }
        @{ Command = 'Get-PortPool' }
        @{ Command = 'Get-PortOwner' }
        @{ Command = 'Get-AfdHandleOwner' }
        @{ Command = 'Get-PortReservation' }
        @{ Command = 'Get-PortRemedy' }
    ) {
        Import-Module $Manifest -Force
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
        $run = Invoke-Constrained "$Command `$Argument" $web01
        $run.Errors | Should -BeNullOrEmpty
        $expected = @(& $Command $web01)
        $run.Output.Count | Should -Be $expected.Count
        $run.Output[0].PSObject.TypeNames[0] | Should -Be $expected[0].PSObject.TypeNames[0]
        ConvertTo-Json -InputObject $run.Output -Depth 9 | Should -Be (ConvertTo-Json -InputObject $expected -Depth 9)
    }

    It 'the engine does not run what variables of Node name, and they stay' {
        $foreign = Join-Path $TestDrive 'foreign.cjs'
        $trace = Join-Path $TestDrive 'foreign.txt'
        [System.IO.File]::WriteAllText($foreign, "require('node:fs').writeFileSync($(ConvertTo-Json $trace), 'was here');")
        $before = $env:NODE_OPTIONS
        try {
            $env:NODE_OPTIONS = "--require ""$foreign"""
            $run = Invoke-Constrained '(Test-PortExhaustion $Argument).Level; $env:NODE_OPTIONS' $web01
            $run.Output | Should -Be 'Exhausted', "--require ""$foreign"""
            Test-Path -LiteralPath $trace | Should -BeFalse
        } finally {
            $env:NODE_OPTIONS = $before
        }
    }

    It 'Read-PortTrace gives what it gives elsewhere' {
        Import-Module $Manifest -Force
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
        $leak, $failures = 'leak', 'failures' | ForEach-Object { (New-Item -Path (Join-Path $TestDrive "$_.etl") -ItemType File).FullName }
        $run = Invoke-Constrained 'Read-PortTrace $Argument[0] -Since 2026-11-24 -Until 2026-11-25; Read-PortTrace $Argument -Failure' @($leak, $failures)
        $run.Errors | Should -BeNullOrEmpty
        $expected = @(Read-PortTrace $leak) + @(Read-PortTrace $failures -Failure)
        ConvertTo-Json -InputObject $run.Output -Depth 9 | Should -Be (ConvertTo-Json -InputObject $expected -Depth 9)
    }

    It 'Read-PortTrace reads the snapshots of a recording, or those that are given, be they folders' {
        $folder = New-Item -Path (Join-Path $TestDrive 'recorded') -ItemType Directory
        $unpacked = New-Item -Path (Join-Path $folder 'unpacked') -ItemType Directory
        foreach ($name in 'arguments.etl', 'arguments.start.zip', 'arguments.stop.zip', 'unpacked/capture.json') {
            $null = New-Item -Path (Join-Path $folder $name) -ItemType File
        }
        $script = @'
Set-Location -LiteralPath $Argument
foreach ($given in @{}, @{ SnapshotPath = 'unpacked', 'none.zip' }) {
    Read-PortTrace arguments.etl @given -Verbose 4>&1 | ForEach-Object { "$_" }
}
'@
        $run = Invoke-Constrained $script $folder.FullName
        $run.Errors | Should -BeNullOrEmpty
        $given = foreach ($line in $run.Output -like 'arguments.etl: *') {
            , @([regex]::Matches($line, '"--capture","([^"]+)"') | ForEach-Object { $_.Groups[1].Value })
        }
        $given[0] | Should -Be (Join-Path $folder 'arguments.start.zip'), (Join-Path $folder 'arguments.stop.zip')
        $given[1][0] | Should -Be (Join-Path $unpacked 'capture.json')
        $given[1][1] | Should -BeLike '*none.zip'
    }

    It 'Compare-PortSnapshot and the growth of a history are what they are elsewhere, and look so' {
        Import-Module $Manifest -Force
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
        $files = New-FakeSeries 'growing' $TestDrive
        $history = Split-Path -Path (New-FakeSeries 'web01' $TestDrive -File 'history.csv') -Parent
        $run = Invoke-Constrained '$all = @(Compare-PortSnapshot $Argument[0] $Argument[1]) + @(Measure-PortChurn -HistoryPath $Argument[2]); $all; $all[0] | Out-String -Width 100; $all[0].Changes | Out-String -Width 100; $all[1] | Out-String -Width 100' @($files + $history)
        $run.Errors | Should -BeNullOrEmpty
        $expected = @(Compare-PortSnapshot $files) + @(Measure-PortChurn -HistoryPath $history)
        ConvertTo-Json -InputObject $run.Output[0..2] -Depth 9 | Should -Be (ConvertTo-Json -InputObject $expected -Depth 9)
        $run.Output[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.Comparison'
        $run.Output[0].Changes[0].rate.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortRate'
        $plain = @($run.Output[3..5]) -replace "$([char] 27)\[[0-9;]*m", ''
        $plain | Should -Be (Get-View $expected[0]), (Get-View $expected[0].Changes), (Get-View $expected[1])
    }

    It 'Measure-PortChurn takes samples, which are folders there and see no handles, and leaves none behind' {
        $run = Invoke-Constrained @'
& (Get-Module PortExhaustion) {
    Set-Item -Path function:script:Test-PortCollector -Value { }
    Set-Item -Path function:script:Start-Sleep -Value { param($Seconds) }
    Set-Item -Path function:script:Save-PortCapture -Value {
        param($Path, $Part)
        $folder = New-Item -Path ($Path -replace '\.zip$') -ItemType Directory
        $file = New-Item -Path (Join-Path -Path $folder -ChildPath 'capture.json') -ItemType File
        Write-Warning "$Part $file"
        New-Object -TypeName PSObject -Property @{ Path = $file.FullName; Artifacts = @() }
    }
}
$env:TEMP = $Argument
Measure-PortChurn -IntervalSeconds 1 -Count 2
'@ "$TestDrive"
        # The fake engine takes the folder of the first sample for its task, which it does not know.
        $run.Errors.FullyQualifiedErrorId | Should -Be 'EngineError,Write-Fault'
        $run.Errors[0].Exception.Message | Should -Be 'Told to fail with sample-1.'
        $run.Warnings.Count | Should -Be 2
        $run.Warnings[0].Message | Should -BeLike "Tables Settings $TestDrive*sample-1?capture.json"
        Test-Path -LiteralPath (Split-Path -Path ($run.Warnings[0].Message -replace '^Tables Settings ') -Parent) | Should -BeFalse
        $run = Invoke-Constrained 'try { Measure-PortChurn } catch { "caught $($_.FullyQualifiedErrorId)" }; try { Measure-PortChurn -ComputerName X } catch { "caught $($_.FullyQualifiedErrorId)" }'
        $run.Output[0] | Should -BeLike 'caught LiveReadNotSupported*'
        $run.Output[1] | Should -BeLike 'caught RemoteReadFailed*'
    }

    It 'remedies come from what brings them, also from a file, and of what has none with an error' {
        Import-Module $Manifest -Force
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
        $file = Join-Path $TestDrive 'brought.xml'
        $leak = (New-Item -Path (Join-Path $TestDrive 'leak.etl') -ItemType File -Force).FullName
        $sources = @(Test-PortExhaustion $web01) + @(Read-PortTrace $leak) + @(Compare-PortSnapshot (New-FakeSeries 'growing' $TestDrive))
        $sources | Export-Clixml -Path $file
        $run = Invoke-Constrained 'Import-Clixml -Path $Argument[0] | Get-PortRemedy -Id *e* -First 2; Test-PortExhaustion $Argument[1] | Get-PortRemedy -First 1; Get-ChildItem -Path $Argument[1] | Get-PortRemedy -First 1; 5 | Get-PortRemedy' @($file, $web01)
        $run.Errors.FullyQualifiedErrorId | Should -Be 'RemedyInputInvalid,Write-Fault'
        $expected = @($sources | Get-PortRemedy -Id *e* -First 2) + @(Get-PortRemedy $web01 -First 1) + @(Get-PortRemedy $web01 -First 1)
        ConvertTo-Json -InputObject $run.Output -Depth 9 | Should -Be (ConvertTo-Json -InputObject $expected -Depth 9)
        $run.Output | ForEach-Object { $_.PSObject.TypeNames[0] } | Sort-Object -Unique | Should -Be 'PortExhaustion.Remedy'
    }

    It 'the history of a watch looks as it does elsewhere' {
        Import-Module $Manifest -Force
        $script = {
            $number = 0
            foreach ($percent in $null, 0, 0.1, 5, 5.1, 99.9, 100, 120) {
                $number++
                $record = New-Object -TypeName PSObject
                $values = @{ Time = [datetime] '2026-11-25T03:00:00Z'; Protocol = 'tcp'; Family = ''; Used = $number; UsedPercent = $percent; TopProcessName = ''; Note = '' }
                foreach ($name in $values.Keys) { Add-Member -InputObject $record -NotePropertyName $name -NotePropertyValue $values[$name] }
                Add-Member -InputObject $record -TypeName 'PortExhaustion.PortHistory'
                $record
            }
        }
        $run = Invoke-Constrained "& { $script } | Out-String -Width 100"
        $run.Errors | Should -BeNullOrEmpty
        $plain = $run.Output -replace "$([char] 27)\[[0-9;]*m", ''
        $marks = $plain -split '\r?\n' -like '*tcp*' | ForEach-Object { [regex]::Match($_, '#*\s*$').Value.Trim().Length }
        $marks | Should -Be 0, 0, 1, 1, 2, 20, 20, 20
        $plain | Should -Be (Get-View @(& $script))
    }

    It 'owners are chosen' {
        $run = Invoke-Constrained 'Get-PortOwner $Argument -Name Dnscache, w3wp* -Top 1; Get-AfdHandleOwner $Argument -MinimumCount 1000' $web01
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.processId | Should -Be 4312, 115868
    }

    It 'views of <_> show what they show elsewhere' -ForEach 'Test-PortExhaustion', 'Get-PortPool', 'Get-PortOwner', 'Get-AfdHandleOwner', 'Get-PortReservation', 'Get-PortRemedy' {
        Import-Module $Manifest -Force
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
        $run = Invoke-Constrained "`$answer = $_ `$Argument; `$answer | Out-String -Width 100; `$answer | Format-List | Out-String -Width 100" $web01
        $run.Errors | Should -BeNullOrEmpty
        $answer = & $_ $web01
        $run.Output.Count | Should -Be 2
        $plain = $run.Output -replace "$([char] 27)\[[0-9;]*m", ''
        $plain[0] | Should -Be (Get-View $answer)
        $plain[1] | Should -Be (Get-View $answer -As List)
    }

    It 'errors have their ids, and end the command where they do elsewhere' {
        $files = @(New-FakeCapture 'file-empty', 'garbage', 'headless', 'other-contract', 'silent', 'capture-died' $TestDrive) + (Join-Path $TestDrive 'none.zip'), 'Env:PATH'
        $run = Invoke-Constrained 'Test-PortExhaustion $Argument' $files
        $run.Output | Should -BeNullOrEmpty
        ($run.Errors.FullyQualifiedErrorId -replace ',Write-Fault$' | Sort-Object) -join ' ' | Should -Be (('EvidenceFileEmpty', 'EngineOutputInvalid', 'EngineOutputInvalid', 'ContractMismatch', 'EngineDied', 'EngineDied', 'EvidenceFileNotFound', 'EvidenceNotOnFileSystem' | Sort-Object) -join ' ')
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $run = Invoke-Constrained 'try { Test-PortExhaustion } catch { "caught $($_.FullyQualifiedErrorId)" }'
        $run.Output | Should -BeLike 'caught LiveReadNotSupported*'
        $run = Invoke-Constrained 'try { Test-PortExhaustion -ComputerName X } catch { "caught $($_.FullyQualifiedErrorId)" }'
        $run.Output | Should -BeLike 'caught RemoteReadFailed*'
    }

    It 'this machine is read, and nothing left behind' {
        $run = Invoke-Constrained @'
& (Get-Module PortExhaustion) {
    Set-Item -Path function:script:Test-PortCollector -Value { }
    Set-Item -Path function:script:Save-PortCapture -Value {
        param($Path, $Part)
        $file = Join-Path -Path (Split-Path -Path $Path -Parent) -ChildPath 'web01.zip'
        $null = New-Item -Path $file -ItemType File
        Write-Warning $file
        New-Object -TypeName PSObject -Property @{ Path = $file; Machine = @{ name = 'HERE' } }
    }
}
$env:TEMP = $Argument
(Test-PortExhaustion).Level
'@ "$TestDrive"
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'Exhausted'
        $run.Warnings[0].Message | Should -BeLike "$TestDrive*web01.zip"
        Test-Path -LiteralPath (Split-Path -Path $run.Warnings[0].Message -Parent) | Should -BeFalse
    }

    It 'the folder of a reading has an access list of its own, and goes, whatever the session prefers' {
        $before = $env:OS, $env:TEMP
        try {
            $run = Invoke-Constrained @'
& (Get-Module PortExhaustion) {
    Set-Item -Path function:script:Protect-ConstrainedFolder -Value { param($Path) Write-Warning "$Path" }
    Set-Item -Path function:script:Save-PortCapture -Value {
        param($Path)
        $file = Join-Path -Path (Split-Path -Path $Path -Parent) -ChildPath 'web01.zip'
        $null = New-Item -Path $file -ItemType File -WhatIf:$false
        New-Object -TypeName PSObject -Property @{ Path = $file; Machine = @{ name = 'HERE' } }
    }
}
$env:OS = 'Windows_NT'
$env:TEMP = $Argument
$global:WhatIfPreference = $true
(Test-PortExhaustion).Level
'@ "$TestDrive"
        } finally {
            $env:OS, $env:TEMP = $before
        }
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 'Exhausted'
        $run.Warnings[0].Message | Should -BeLike (Join-Path $TestDrive 'PortExhaustion-*')
        Test-Path -LiteralPath $run.Warnings[0].Message | Should -BeFalse
    }

    It 'a capture, which is a folder there, takes the place of a capture only' {
        $mine, $old = 'mine', 'old' | ForEach-Object { New-Item -Path (Join-Path $TestDrive $_) -ItemType Directory }
        [System.IO.File]::WriteAllText((Join-Path $mine 'capture.json'), '{"of":"somebody else"}')
        [System.IO.File]::WriteAllText((Join-Path $old 'capture.json'), '{"format":"portexhaustion-capture"}')
        $run = Invoke-Constrained @'
& (Get-Module PortExhaustion) {
    Set-Item -Path function:script:Test-PortCollector -Value { }
    Set-Item -Path function:script:Save-PortCapture -Value {
        param($Path)
        $folder = New-Item -Path ($Path -replace '\.zip$') -ItemType Directory
        Set-Content -LiteralPath (Join-Path $folder 'capture.json') -Value 'new'
        $machine = New-Object -TypeName PSObject -Property @{ name = 'HERE'; time = '2026-11-25T03:00:00Z'; elevated = $null }
        New-Object -TypeName PSObject -Property @{ Path = (Join-Path $folder 'capture.json'); Format = 'folder'; Machine = $machine; Artifacts = @() }
    }
}
New-PortSnapshot -Path "$Argument/mine.zip" -Force
New-PortSnapshot -Path "$Argument/old.zip"
New-PortSnapshot -Path "$Argument/old.zip" -Force
'@ "$TestDrive"
        $run.Errors.FullyQualifiedErrorId | Should -Be 'SnapshotExists,New-PortSnapshot', 'SnapshotExists,New-PortSnapshot'
        $run.Output.Path | Should -Be (Join-Path $old 'capture.json')
        Get-Content -LiteralPath $run.Output.Path | Should -Be 'new'
        Get-Content -LiteralPath (Join-Path $mine 'capture.json') | Should -Be '{"of":"somebody else"}'
        @(Get-ChildItem -Path (Join-Path $TestDrive 'old*')).Count | Should -Be 1
    }
}
