# Knows how somebody may try to hurt a machine by its watch, or a machine itself by its clock, its disk or a swarm of events: nothing is
# done for others than administrators, nothing is told or kept without end, and nothing that counts is missed.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-WatchModule
    function Get-StateFile { [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'watch.json') }
    function Get-Zip { @((Get-PortWatch).Evidence | Where-Object { $_ -like '*.zip' }) }
}

AfterAll {
    Remove-Module PortExhaustion -Force
}

Describe 'SYSTEM takes no orders from others' {
    BeforeEach {
        Reset-Watch
        $null = Register-PortWatch
        Add-Minute 5
    }

    It 'where <What> can be changed by them' -ForEach @(@{ What = 'the data folder'; Part = 'data' }, @{ What = 'the folder of the watch'; Part = 'Watch' }) {
        $end = $Part
        Mock Test-FolderSafety -ModuleName PortExhaustion { }
        Mock Test-FolderSafety -ModuleName PortExhaustion -ParameterFilter { (Split-Path $Path -Leaf) -eq $end } {
            [pscustomobject]@{ code = 'folder-not-safe'; message = 'Berta can change it.'; advice = 'y'; path = $null }
        }
        Add-Event 4231
        Invoke-Step 3> $null
        (Get-Warning).id | Should -Be 101
        (Get-Warning).description | Should -Match 'Berta can change it'
        Get-WatchFile | Should -Be 'watch.json'
    }

    It 'and loads no native code before that is known' {
        Mock Import-CachedNative -ModuleName PortExhaustion { }
        Invoke-Step
        Should -Invoke Import-CachedNative -ModuleName PortExhaustion -Times 1 -Exactly
        Mock Test-FolderSafety -ModuleName PortExhaustion { [pscustomobject]@{ code = 'folder-not-safe'; message = 'x'; advice = 'y'; path = $null } }
        Add-Minute 5
        Invoke-Step 3> $null
        Should -Invoke Import-CachedNative -ModuleName PortExhaustion -Times 1 -Exactly
    }

    It 'where a history can be changed by them' {
        Invoke-Step
        Mock Get-UnsafeReason -ModuleName PortExhaustion { "Berta can change '$Path'." }
        Add-Minute 5
        Invoke-Step 3> $null
        (Get-Warning).description | Should -Match 'Berta can change .*history\.csv'
        @(Get-PortHistory).Count | Should -Be 2
    }

    It 'and its task goes where <What> has gone' -ForEach @(@{ What = 'the data folder'; Gone = '' }, @{ What = 'the state'; Gone = 'watch.json' }) {
        Remove-Item -LiteralPath ([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', $Gone)) -Recurse
        Invoke-Step
        Get-Task | Should -BeNullOrEmpty
        Get-Warning | Should -BeNullOrEmpty
    }

    It 'nor does an administrator, who is told: FolderNotProtected' {
        Mock Test-FolderSafety -ModuleName PortExhaustion { [pscustomobject]@{ code = 'folder-not-safe'; message = 'Berta can change it.'; advice = 'y'; path = $Path } }
        Invoke-Step 3> $null
        Get-FaultId { Get-PortWatch } | Should -Be 'FolderNotProtected'
        $given | Should -BeNullOrEmpty
        Get-FaultId { Unregister-PortWatch -WhatIf } | Should -Be 'FolderNotProtected'
        Get-Task | Should -Be 'PortExhaustion Watch'
        Get-FaultId { Unregister-PortWatch } | Should -Be 'FolderNotProtected'
        Get-Task | Should -BeNullOrEmpty
        Get-WatchFile | Should -Be 'watch.json'
    }

    It 'and makes its folder anew where somebody has tidied it up' {
        Remove-Item -LiteralPath (Get-WatchFolder) -Recurse
        Set-Sample 90
        Invoke-Step
        @(Get-PortHistory).Count | Should -Be 2
        @(Get-Zip).Count | Should -Be 1
    }
}

Describe 'Nothing comes back at each sample' {
    BeforeEach {
        Reset-Watch
        $null = Register-PortWatch
        Add-Minute 5
        # What the log holds of the watch: each event at the time of the sample that wrote it.
        $log = New-Object -TypeName System.Collections.ArrayList
        Mock Invoke-EventQuery -ModuleName PortExhaustion -ParameterFilter { $Filter.ProviderName -eq 'PortExhaustion' } {
            $rows = @($log | Where-Object { $_.Id -eq $Filter.Id -and $_.Time -gt $Filter.StartTime.ToUniversalTime() -and $_.Time -le $Filter.EndTime.ToUniversalTime() })
            [pscustomobject]@{ Status = 'read'; Reason = $null; Rows = @($rows | Select-Object -First $MostEvents) }
        }
        function Invoke-LoggedStep {
            $before = @(Get-Warning).Count
            Invoke-Step 3> $null
            $time = InModuleScope PortExhaustion { Get-WatchTime }
            foreach ($one in @(Get-Warning | Select-Object -Skip $before)) { $null = $log.Add([pscustomobject]@{ Id = $one.id; Time = $time }) }
        }
    }

    It 'of a state that is damaged' {
        [System.IO.File]::WriteAllText((Get-StateFile), '{')
        foreach ($i in 0..12) { Invoke-LoggedStep; Add-Minute 5 }
        (Get-Warning).id | Should -Be 101, 101
    }

    It 'of a breach where the state cannot be written' {
        Mock Write-WatchState -ModuleName PortExhaustion { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        Set-Sample 90
        foreach ($i in 0..12) { Invoke-LoggedStep; Add-Minute 5 }
        (Get-Warning).id | Should -Be 100, 101, 100, 101
        (Get-Warning)[1].description | Should -Match 'state of the watch could not be written: There is not enough space'
        @(Get-Zip).Count | Should -Be 2
    }

    It 'of a breach where the state cannot be written, by its snapshots alone' {
        $null = Register-PortWatch -Force -OnBreach Snapshot
        Mock Write-WatchState -ModuleName PortExhaustion { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        Set-Sample 90
        foreach ($i in 0..12) { Invoke-LoggedStep; Add-Minute 5 }
        @(Get-Zip).Count | Should -Be 2
    }

    It 'of failures where the state cannot be written' {
        Mock Write-WatchState -ModuleName PortExhaustion { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        Set-Sample 'the engine died'
        foreach ($i in 0..12) { Invoke-LoggedStep; Add-Minute 5 }
        (Get-Warning).id | Should -Be 101, 101
    }

    It 'but again after the clock was set back' {
        [System.IO.File]::WriteAllText((Get-StateFile), '{')
        Invoke-LoggedStep
        Add-Minute -600
        Invoke-LoggedStep
        (Get-Warning).id | Should -Be 101, 101
    }
}

Describe 'A swarm of events' {
    BeforeEach {
        Reset-Watch
        $null = Register-PortWatch -IntervalMinutes 10
        Add-Minute 10
        Invoke-Step
    }

    It 'costs no more than a sample each half of the interval, and is counted whole' {
        foreach ($i in 1..30) { Add-Event 4227; Invoke-Step; Add-Minute 0.5 }
        # At 0, 5 and 10 minutes.
        $rows = @(Get-PortHistory | Where-Object Protocol -EQ 'tcp')
        $rows.Count | Should -Be 3
        $total = 0
        foreach ($row in $rows | Where-Object Note) { if ($row.Note -match 'event 4227 x (\d+)') { $total += [int] $Matches[1] } }
        $total | Should -Be 21
    }

    It 'is acted on at once where it proves a breach, and once' {
        Add-Minute 0.2
        foreach ($i in 1..5) { Add-Event 4231; Invoke-Step; Add-Minute 0.1 }
        (Get-Warning).id | Should -Be 100
        @(Get-PortHistory | Where-Object Protocol -EQ 'tcp').Count | Should -Be 2
    }

    It 'that comes while a sample is taken, and whose run Task Scheduler leaves out, is seen by that one' {
        Add-Minute 10
        InModuleScope PortExhaustion {
            $script:FakeSeen = 0
            Set-Item -Path function:script:Get-LightSample -Value {
                $script:FakeSeen++
                if ($script:FakeSeen -eq 1) {
                    $script:FakeEvents += [pscustomobject]@{ Id = 4231; Time = $script:FakeTime.AddSeconds(2) }
                    $script:FakeTime = $script:FakeTime.AddSeconds(3)
                }
                $script:FakeSample
            }
        }
        try {
            Invoke-Step
        } finally {
            & $RecordInstall $WatchFakes
        }
        (Get-Warning).id | Should -Be 100
    }

    It 'that the log shows late is not lost' {
        Add-Minute 10
        Invoke-Step
        InModuleScope PortExhaustion { $script:FakeEvents += [pscustomobject]@{ Id = 4231; Time = $script:FakeTime.AddSeconds(-1) } }
        Add-Minute 10
        Invoke-Step
        (Get-Warning).id | Should -Be 100
    }

    It 'that cannot be read is a problem that Get-PortWatch shows' {
        Mock Get-WatchEvent -ModuleName PortExhaustion { [pscustomobject]@{ Reason = 'the System log could not be read: access is denied'; Rows = @() } }
        Add-Minute 10
        Invoke-Step
        (Get-PortWatch).LastProblem | Should -Match 'events: the System log could not be read'
    }
}

Describe 'The disk' {
    BeforeEach {
        Reset-Watch
        $null = Register-PortWatch -OnBreach Snapshot, Trace, Event
        Add-Minute 5
        Set-Sample 90
    }

    It 'is not filled: with <Free> MB free there are <Files>' -ForEach @(
        @{ Free = 219; Files = @() }, @{ Free = 220; Files = @('.zip') }, @{ Free = 711; Files = @('.zip') }, @{ Free = 712; Files = @('.etl', '.zip') }
    ) {
        Set-FakeWindows @{ drive = @{ type = 'Fixed'; free = $Free * 1MB } }
        Invoke-Step
        @((Get-PortWatch).Evidence | ForEach-Object { [System.IO.Path]::GetExtension($_) } | Sort-Object) | Should -Be $Files
        if ($Files.Count -lt 2) { (Get-Warning)[0].description | Should -Match 'no recording: the drive of .* MB free' }
    }

    It 'gets no half snapshot that passes for evidence, and loses one that a process left which was ended' {
        Mock Save-PortCapture -ModuleName PortExhaustion { [System.IO.File]::WriteAllText($Path, 'half'); throw [System.OperationCanceledException]::new('ended') }
        Invoke-Step
        @(Get-Zip).Count | Should -Be 0
        @(@(Get-WatchFile) -like 'half-*.zip').Count | Should -Be 1
        Mock Save-PortCapture -ModuleName PortExhaustion { [System.IO.File]::WriteAllText($Path, 'whole'); [pscustomobject]@{ Path = $Path } }
        Add-Minute 60
        Invoke-Step 3> $null
        @(Get-Zip).Count | Should -Be 1
        [System.IO.File]::ReadAllText((Get-Zip)) | Should -Be 'whole'
        @(Get-WatchFile) -like 'half-*' | Should -BeNullOrEmpty
    }

    It 'loses evidence of a clock that was wrong before any that is new' {
        $evidence = Join-Path (Get-WatchFolder) 'Evidence'
        $null = New-Item -Path $evidence -ItemType Directory
        foreach ($day in 1..20) {
            foreach ($extension in 'zip', 'etl') { [System.IO.File]::WriteAllText((Join-Path $evidence ('WATCH-203601{0:00}-000000.{1}' -f $day, $extension)), '') }
        }
        Invoke-Step
        $names = @((Get-PortWatch).Evidence | Split-Path -Leaf)
        @($names -like 'WATCH-2026*').Count | Should -Be 2
        @($names -like '*.zip').Count, @($names -like '*.etl').Count | Should -Be 20, 3
    }

    It 'is swept of samples that were ended in the middle, once they are old on either side' {
        $data = [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data')
        $time = InModuleScope PortExhaustion { Get-WatchTime }
        foreach ($age in -40, -20, 20, 40) {
            $file = [System.IO.Path]::Combine($data, ('sample-{0:x32}.zip' -f (100 + $age)))
            [System.IO.File]::WriteAllText($file, '')
            [System.IO.File]::SetLastWriteTimeUtc($file, $time.AddMinutes($age))
        }
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($data, 'sample-mine.zip'), '')
        [System.IO.File]::SetLastWriteTimeUtc([System.IO.Path]::Combine($data, 'sample-mine.zip'), $time.AddDays(-1))
        Invoke-Step
        [System.IO.Directory]::GetFiles($data, 'sample-*') | Split-Path -Leaf | Sort-Object | Should -Be ('sample-{0:x32}.zip' -f 80), ('sample-{0:x32}.zip' -f 120), 'sample-mine.zip'
    }
}
