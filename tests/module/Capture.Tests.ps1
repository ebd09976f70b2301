# Knows what a user of the cmdlets that answer from files may rely on: machines, objects, streams, errors. The fake engine says
# what is in a file by its name.
BeforeDiscovery {
    $commands = 'Test-PortExhaustion', 'Get-PortPool', 'Get-PortOwner', 'Get-AfdHandleOwner', 'Get-PortReservation' | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $cases = Join-Path $TestDrive 'cases'
    $null = New-Item -Path $cases -ItemType Directory
    $web01, $db02, $pc07 = New-FakeCapture 'web01', 'db02', 'pc07' $cases

    # What the engine was asked for, in the runs of a script.
    function Get-EngineRequest {
        param([scriptblock] $Script)
        $lines = & $Script 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        foreach ($line in $lines | Where-Object { $_.Message -like 'Running *' }) {
            , @(($line.Message -split ' capture ', 2)[1] -split ' ' | Split-Path -Leaf)
        }
    }
}

Describe 'Verdict' {
    BeforeAll {
        $verdict = Test-PortExhaustion $web01
    }

    It 'is one object of its type, with typed parts' {
        $verdict.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.Verdict'
        $verdict.PSObject.TypeNames.Where({ $_ -like 'PortExhaustion.*' }).Count | Should -Be 1
        $types = @{
            Culprit = 'PoolCulprit'; Pools = 'PortPool'; Coverage = 'ArtifactCoverage'; Reservations = 'PortReservation'; Probes = 'PortProbe'
            Events = 'ExhaustionEventCount'; Ranges = 'DynamicPortRange'; Settings = 'TcpSettings'; Omitted = 'OmittedRanges'
        }
        foreach ($part in $types.Keys) {
            foreach ($one in $verdict.$part) {
                $one.PSObject.TypeNames[0] | Should -Be "PortExhaustion.$($types[$part])"
            }
        }
        $verdict.Pools[0].byClass.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortClasses'
    }

    It 'has what issue and engine say' {
        $verdict.ComputerName | Should -Be 'WEB01'
        $verdict.Level, $verdict.Pattern, $verdict.Pool, $verdict.Confidence, $verdict.ExitCode | Should -Be 'Exhausted', 'BoundLeak', 'tcp', 'High', 3
        $verdict.UsedPercent | Should -Be 98.38
        $verdict.Culprit.processId | Should -Be 115868
        $verdict.Evidence.Count | Should -Be 7
        $verdict.Coverage.Count | Should -Be 22
        $verdict.Time.Kind | Should -Be 'Utc'
        $verdict.Time.ToString('o') | Should -Be '2026-11-24T03:11:42.1234567Z'
        $verdict.Events[0].firstTime.Kind | Should -Be 'Utc'
        $verdict.Source | Should -Be $web01
    }

    It 'takes the fullest pool where it is about none' {
        (Test-PortExhaustion $pc07 -WarningAction SilentlyContinue).UsedPercent | Should -Be 3.91
    }

    It 'has lists even where they are empty, and null where files do not tell' {
        $folder = New-Item -Path (Join-Path $TestDrive 'case') -ItemType Directory
        foreach ($name in 'a.txt', 'b.txt') { $null = New-Item -Path (Join-Path $folder $name) -ItemType File }
        $case = Test-PortExhaustion $folder.FullName -WarningAction SilentlyContinue
        $case.ComputerName, $case.Time, $case.Elevated | Should -Be $null, $null, $null
        @($case.Probes).Count | Should -Be 0
        $case.Probes -is [array] | Should -BeTrue
        $case.Source | Should -Be $folder.FullName
    }
}

Describe 'Rows' {
    It 'of <Command> are typed and tell their machine' -ForEach @(
        @{ Command = 'Get-PortPool'; Type = 'PortPool'; Count = 2 }
        @{ Command = 'Get-PortOwner'; Type = 'PortOwner'; Count = 11 }
        @{ Command = 'Get-AfdHandleOwner'; Type = 'AfdOwner'; Count = 7 }
        @{ Command = 'Get-PortReservation'; Type = 'PortReservation'; Count = 4 }
    ) {
        $rows = @(& $Command -Path $web01)
        $rows.Count | Should -Be $Count
        foreach ($row in $rows) {
            $row.PSObject.TypeNames[0] | Should -Be "PortExhaustion.$Type"
            $row.PSObject.TypeNames.Where({ $_ -like 'PortExhaustion.*' }).Count | Should -Be 1
            $row.computerName | Should -Be 'WEB01'
            $row.source | Should -Be $web01
        }
    }

    It 'keep a holder and times' {
        $owner = Get-PortOwner $web01 -ProcessId 4120
        $owner.holder.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortHolder'
        $owner.holder.processId | Should -Be 115868
        $owner.oldest.Kind | Should -Be 'Utc'
    }
}

Describe 'Choosing owners' {
    It 'puts the largest first and takes the top of each machine' {
        $rows = Get-PortOwner $web01, $db02 -Top 2
        $rows.computerName | Should -Be 'WEB01', 'WEB01', 'DB02', 'DB02'
        $rows.ports | Should -Be 15198, 435, 600, 87
        (Get-AfdHandleOwner $web01 -Top 2).handles | Should -Be 15204, 611
    }

    It 'goes by protocol' {
        (Get-PortOwner $web01 -Protocol udp).processId | Should -Be 2044, 1880, 6604
    }

    It 'goes by process id, also of the holder' {
        (Get-PortOwner $web01 -ProcessId 115868, 984).processId | Should -Be 4120, 984
        (Get-PortOwner $web01 -ProcessId 0).processId | Should -Be 0
        (Get-AfdHandleOwner $web01 -ProcessId 984).status | Should -Be 'skipped'
        Get-AfdHandleOwner $web01 -ProcessId 1 | Should -BeNullOrEmpty
    }

    It 'goes by the name <Text>' -ForEach @(
        @{ Text = 'w3wp'; Expected = 4312 }
        @{ Text = 'W3WP.exe'; Expected = 4312 }
        @{ Text = 'Microsoft.*'; Expected = 7120 }
        @{ Text = 'Dnscache'; Expected = 1880 }
        @{ Text = 'Contoso*'; Expected = 4120 }
    ) {
        (Get-PortOwner $web01 -Name $Text).processId | Should -Be $Expected
    }

    It 'goes by the number of handles' {
        (Get-AfdHandleOwner $web01 -MinimumCount 120).processId | Should -Be 115868, 4312, 1880, 234568
    }

    It 'needs all that is asked for' {
        Get-PortOwner $web01 -Name w3wp -Protocol udp | Should -BeNullOrEmpty
    }
}

Describe 'Machines' {
    BeforeAll {
        $mixed = New-Item -Path (Join-Path $TestDrive 'mixed') -ItemType Directory
        $one, $two = New-FakeCapture 'web01', 'db02' $mixed
        foreach ($name in 'netstat.txt', 'range.txt') { $null = New-Item -Path (Join-Path $mixed $name) -ItemType File }
        $other = New-Item -Path (Join-Path $TestDrive 'other') -ItemType Directory
        $null = New-Item -Path (Join-Path $other 'handles.txt') -ItemType File
        $capture = New-Item -Path (Join-Path $TestDrive 'db02') -ItemType Directory
        foreach ($name in 'capture.json', 'tcp-ipv4.bin') { $null = New-Item -Path (Join-Path $capture $name) -ItemType File }
    }

    It 'are each capture, and the other files of each folder' {
        $asked = Get-EngineRequest { Get-ChildItem -Path $mixed, $other | Test-PortExhaustion -Verbose -ErrorAction SilentlyContinue }
        $asked.Count | Should -Be 4
        ($asked | ForEach-Object { $_ -join '+' }) | Sort-Object | Should -Be 'db02.zip', 'handles.txt', 'netstat.txt+range.txt', 'web01.zip'
    }

    It 'count once however often they are named' {
        $asked = Get-EngineRequest { Test-PortExhaustion $one, $mixed.FullName, $one -Verbose -ErrorAction SilentlyContinue }
        $asked.Count | Should -Be 3
    }

    It 'are a folder with capture.json, whose other files belong to it' {
        $asked = Get-EngineRequest { Test-PortExhaustion $capture.FullName -Verbose }
        $asked | Should -Be 'capture.json'
        (Test-PortExhaustion (Join-Path $capture.FullName 'capture.json')).ComputerName | Should -Be 'DB02'
        $asked = Get-EngineRequest { Test-PortExhaustion (Join-Path $capture.FullName '*.bin') -Verbose -ErrorAction SilentlyContinue }
        $asked | Should -Be 'tcp-ipv4.bin'
    }

    It 'keep the order in which they were given' {
        (Test-PortExhaustion $web01, $db02).ComputerName | Should -Be 'WEB01', 'DB02'
        (Test-PortExhaustion $db02, $web01).ComputerName | Should -Be 'DB02', 'WEB01'
    }
}

Describe 'Paths of <Name>' -ForEach $commands {
    It 'come by position, by name, from Get-ChildItem, as strings and as objects' {
        $expected = @(& $Name -Path $web01).Count
        @(& $Name $web01).Count | Should -Be $expected
        @(& $Name -LiteralPath $web01).Count | Should -Be $expected
        @(Get-ChildItem -Path $web01 | & $Name).Count | Should -Be $expected
        @($web01 | & $Name).Count | Should -Be $expected
        @([pscustomobject]@{ FullName = $web01 } | & $Name).Count | Should -Be $expected
        # As New-PortSnapshot gives it.
        @([pscustomobject]@{ Path = $web01; ComputerName = 'WEB01' } | & $Name).Count | Should -Be $expected
        @(& $Name (Join-Path $cases 'web*.zip')).Count | Should -Be $expected
    }

    It 'that do not come are no question about this machine' {
        Mock Read-LiveCapture -ModuleName PortExhaustion { throw 'the machine was asked' }
        @() | & $Name | Should -BeNullOrEmpty
        Get-ChildItem -Path (Join-Path $cases '*.none') | & $Name | Should -BeNullOrEmpty
    }
}

Describe 'Errors' {
    It 'have id <Id> and category <Category> for <Code>' -ForEach @(
        @{ Code = 'file-not-found'; Id = 'EvidenceFileNotFound'; Category = 'ObjectNotFound' }
        @{ Code = 'file-is-folder'; Id = 'EvidenceFileIsFolder'; Category = 'InvalidArgument' }
        @{ Code = 'file-access-denied'; Id = 'EvidenceAccessDenied'; Category = 'PermissionDenied' }
        @{ Code = 'file-empty'; Id = 'EvidenceFileEmpty'; Category = 'InvalidData' }
        @{ Code = 'file-read-failed'; Id = 'EvidenceReadFailed'; Category = 'ReadError' }
        @{ Code = 'capture-damaged'; Id = 'CaptureDamaged'; Category = 'InvalidData' }
        @{ Code = 'capture-invalid'; Id = 'CaptureInvalid'; Category = 'InvalidData' }
        @{ Code = 'capture-version'; Id = 'CaptureVersionUnknown'; Category = 'InvalidData' }
        @{ Code = 'capture-too-large'; Id = 'CaptureTooLarge'; Category = 'LimitsExceeded' }
        @{ Code = 'captures-mixed'; Id = 'CapturesMixed'; Category = 'InvalidArgument' }
        @{ Code = 'internal'; Id = 'EngineInternalError'; Category = 'NotSpecified' }
        @{ Code = 'a-code-not-known-yet'; Id = 'EngineError'; Category = 'NotSpecified' }
    ) {
        $file = New-FakeCapture $Code $TestDrive
        $errors = $null
        Test-PortExhaustion $file -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "$Id,Test-PortExhaustion"
        $errors[0].CategoryInfo.Category | Should -Be $Category
        $errors[0].TargetObject | Should -Be $file
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'come one for each machine, and the next one is read' {
        $bad = New-FakeCapture 'capture-damaged' $cases
        $errors = $null
        $names = (Test-PortExhaustion $web01, $bad, (Join-Path $cases 'none.zip'), $db02 -ErrorVariable errors -ErrorAction SilentlyContinue).ComputerName
        Remove-Item -LiteralPath $bad
        $names | Should -Be 'WEB01', 'DB02'
        # The fake engine takes the name of a missing file for an error code.
        $errors.FullyQualifiedErrorId | Should -Be 'CaptureDamaged,Test-PortExhaustion', 'EngineError,Test-PortExhaustion'
    }

    It 'take the place of an answer that may not be whole' {
        $errors = $null
        Get-PortOwner (New-FakeCapture 'capture-died' $TestDrive) -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'EngineDied,Get-PortOwner'
    }

    It 'name what holds no evidence' {
        $empty = New-Item -Path (Join-Path $TestDrive 'empty') -ItemType Directory
        $errors = $null
        Test-PortExhaustion $empty.FullName, 'Env:PATH', (Join-Path $TestDrive 'nothing*.zip') -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -Be 'EvidenceFolderEmpty,Test-PortExhaustion', 'EvidenceNotOnFileSystem,Test-PortExhaustion', 'EvidenceFileNotFound,Test-PortExhaustion'
        $errors[0].TargetObject | Should -Be $empty.FullName
        $errors.ErrorDetails.RecommendedAction | Should -Not -Contain ''
    }

    It 'say that there are too many files for one command line' {
        $many = New-Item -Path (Join-Path $TestDrive 'many') -ItemType Directory
        foreach ($index in 1..400) { $null = New-Item -Path (Join-Path $many ('x' * 90 + "$index.txt")) -ItemType File }
        { Test-PortExhaustion $many.FullName -ErrorAction Stop } | Should -Throw -ErrorId 'EvidenceTooMany,Test-PortExhaustion'
    }

    It 'end the command where there is no engine' {
        Mock Get-EnginePath -ModuleName PortExhaustion { }
        { Get-PortPool $web01 } | Should -Throw -ErrorId 'EngineNotFound,Get-PortPool'
    }
}

Describe 'Warnings' {
    It 'are at most 10 and the number of the rest' {
        $warnings = $null
        $null = Test-PortExhaustion (New-FakeCapture 'many-warnings' $TestDrive) -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 11
        $warnings[10].Message | Should -BeLike '*many-warnings.zip: 3 more warnings;*'
    }

    It 'are none where all was read' {
        $warnings = $null
        $null = Test-PortExhaustion $web01, $db02 -WarningVariable warnings
        $warnings.Count | Should -Be 0
    }

    It 'say in one line what a reading without administrator rights misses' {
        $warnings = $null
        $null = Test-PortExhaustion $pc07 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -BeLike '*pc07.zip: Not everything could be read, for want of administrator rights: *'
        $warnings[0].Message | Should -Match 'afd-handles, handle-table \(Access is denied\)'
        $warnings[0].Message | Should -Match 'tcp-ipv4 \(Bound ports need elevation\)'
        $warnings[0].Message | Should -Not -Match 'bound-tcp-ipv4'
        # What rights do not mend.
        $warnings[0].Message | Should -Match 'Access is denied\)[^.]*\. Also: [^.]*netsh ended with exit code 1'
    }

    It 'blame rights for nothing else' -ForEach @(
        @{ Elevated = $false; Status = 'failed'; Kind = 'excluded-port-range'; Expected = 'Not everything could be read: x (why).' }
        @{ Elevated = $false; Status = 'refused'; Kind = 'services'; Expected = 'Not everything could be read, for want of administrator rights: x (why).' }
        @{ Elevated = $false; Status = 'partial'; Kind = 'afd-handles'; Expected = 'Not everything could be read, for want of administrator rights: x (why).' }
        @{ Elevated = $true; Status = 'refused'; Kind = 'services'; Expected = 'Not everything could be read: x (why).' }
        @{ Elevated = $false; Status = 'absent'; Kind = 'netstat'; Table = 'absent'; Expected = 'No table of ports was read.' }
    ) {
        $artifacts = [pscustomobject]@{ name = 'x'; kind = $Kind; status = $Status; reason = 'why.' }, [pscustomobject]@{ name = 't'; kind = 'tcp-table'; status = $(if ($_.ContainsKey('Table')) { $Table } else { 'read' }); reason = $null }
        $report = [pscustomobject]@{ machine = [pscustomobject]@{ elevated = $Elevated }; coverage = [pscustomobject]@{ artifacts = $artifacts } }
        InModuleScope PortExhaustion -Parameters @{ Report = $report } { Get-CoverageNote -Report $Report -Question (Get-CaptureQuestion -Name 'verdict') } | Should -Be $Expected
    }

    It 'call many artifacts of one kind by their kind' {
        $artifacts = 'tcp', 'udp' | ForEach-Object { [pscustomobject]@{ name = "excluded-ranges-$_-ipv4"; kind = 'excluded-port-range' } }
        $events = [pscustomobject]@{ name = 'events'; kind = 'tcpip-event' }
        InModuleScope PortExhaustion -Parameters @{ Artifacts = @($artifacts) + $events } { Get-ArtifactName -Artifact $Artifacts } | Should -Be 'excluded-port-range, events'
    }

    It 'say only what matters to the question' {
        $warnings = $null
        $null = Get-PortPool $pc07 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        $warnings[0].Message | Should -BeLike '*: Ports may be in use that were not seen: What could be read does not tell.'
        $warnings[1].Message | Should -Match 'tcp-ipv4'
        $warnings[1].Message | Should -Not -Match 'handle'
    }

    It 'say why there is no answer' {
        $warnings = $null
        Get-AfdHandleOwner $pc07 -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings[0].Message | Should -BeLike '*: No list of AFD handles was read, for want of administrator rights: *'
        Get-PortReservation $pc07 -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings[0].Message | Should -BeLike '*: No list of excluded ports was read*netsh ended with exit code 1*'
    }
}

Describe 'The engine ends' {
    It 'within a second of Ctrl+C' {
        $shell = New-ModuleShell
        $file = New-FakeCapture 'slow-machine' $TestDrive
        $nothing = New-Object -TypeName 'System.Management.Automation.PSDataCollection[psobject]'
        $nothing.Complete()
        $null = $shell.AddCommand('Test-PortExhaustion').AddParameter('Path', $file)
        $null = $shell.BeginInvoke($nothing)
        $patience = [System.Diagnostics.Stopwatch]::StartNew()
        while ($shell.Streams.Warning.Count -eq 0 -and $patience.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 50 }
        $id = [int] ($shell.Streams.Warning[0].Message -replace '.*process ')
        Get-Process -Id $id | Should -Not -BeNullOrEmpty
        $stopping = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $stopping.Elapsed.TotalSeconds | Should -BeLessThan 1
        $shell.Dispose()
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
