# Knows the life of a watch on a fake Windows: registered or refused, sample by sample, and gone without a trace.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-WatchModule

    function Get-Folder { [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'Watch') }
    function Get-Warning { @((Get-FakeWindows).events) }
    function Get-Task { (Get-FakeWindows).tasks.PSObject.Properties | ForEach-Object { $_.Name } }
    function Get-Note { @((Get-PortHistory -Last 1).Note) }
}

AfterAll {
    Remove-Module PortExhaustion -Force
}

Describe 'Register-PortWatch' {
    BeforeEach {
        Reset-Watch
    }

    It 'registers a task and says what it watches' {
        $watch = Register-PortWatch -IntervalMinutes 7
        $watch.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortWatch'
        $watch.State, $watch.IntervalMinutes, $watch.Percent, $watch.Path | Should -Be 'Active', 7, 80, (Get-Folder)
        $watch.OnBreach | Should -Be 'Snapshot', 'Event'
        Get-Task | Should -Be 'PortExhaustion Watch'
        (Get-FakeWindows).tasks.'PortExhaustion Watch'.xml | Should -Match 'Step-PortWatch\.ps1'
        (Get-FakeWindows).tasks.'PortExhaustion Watch'.xml | Should -Match '4227.*4231.*4266'
        (Get-PortWatch).Registered.Kind | Should -Be 'Utc'
        Get-WatchFile | Should -Be 'watch.json'
    }

    It 'takes a folder that it makes' {
        $folder = Get-FakePath 'ports'
        (Register-PortWatch -Path $folder).Path | Should -Be $folder
        [System.IO.Directory]::Exists($folder) | Should -BeTrue
    }

    It 'does nothing with -WhatIf' {
        Register-PortWatch -WhatIf
        Get-Task | Should -BeNullOrEmpty
        Get-WatchFile | Should -BeNullOrEmpty
    }

    It '<Id> leaves nothing' -ForEach @(
        @{ Id = 'RecordNotSupported'; Name = 'Test-PortCollector'; Fake = { 'it needs Windows' } }
        @{ Id = 'NotElevated'; Name = 'Test-Elevation'; Fake = { $false } }
        @{ Id = 'EngineNotFound'; Name = 'Get-EngineCommand'; Fake = { } }
        @{ Id = 'SystemTooOld'; Name = 'Get-RegistryBuild'; Fake = { 7601 } }
        @{ Id = 'ModuleNotProtected'; Name = 'Test-ModuleSafety'; Fake = { [pscustomobject]@{ code = 'module-not-safe'; message = 'x'; advice = 'y'; path = $null } } }
        @{ Id = 'FolderNotProtected'; Name = 'Test-FolderSafety'; Fake = { [pscustomobject]@{ code = 'folder-not-safe'; message = 'x'; advice = 'y'; path = $null } } }
        @{ Id = 'TracePathNotLocal'; Name = 'Get-DriveFact'; Fake = { [pscustomobject]@{ Type = 'Network'; FreeBytes = $null } } }
        @{ Id = 'TraceFolderNotWritable'; Name = 'New-ProtectedFolder'; Fake = { throw [System.IO.IOException]::new('no') } }
        @{ Id = 'TraceStateNotWritten'; Name = 'Write-WatchState'; Fake = { throw [System.IO.IOException]::new('There is not enough space on the disk.') } }
        @{ Id = 'WatchBusy'; Name = 'Open-WatchLock'; Fake = { } }
    ) {
        $folder = Get-FakePath 'ports'
        Mock $Name -ModuleName PortExhaustion $Fake
        Get-FaultId { Register-PortWatch -Path $folder } | Should -Be $Id
        $given | Should -BeNullOrEmpty
        Get-WatchFile | Should -BeNullOrEmpty
        Get-Task | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists($folder) | Should -BeFalse
    }

    It 'ScheduledTaskFailed leaves nothing, and with -Force the watch that was there' {
        Set-FakeWindows @{ faults = @{ taskcreate = $true } }
        Get-FaultId { Register-PortWatch } | Should -Be 'ScheduledTaskFailed'
        Get-WatchFile | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists((Get-Folder)) | Should -BeFalse
        Set-FakeWindows @{ faults = @{} }
        $null = Register-PortWatch -Percent 70
        Set-FakeWindows @{ faults = @{ taskcreate = $true } }
        Get-FaultId { Register-PortWatch -Percent 60 -Force } | Should -Be 'ScheduledTaskFailed'
        (Get-PortWatch).Percent, (Get-PortWatch).State | Should -Be 70, 'Active'
    }

    It 'refuses evidence that others can write to: FolderNotProtected' {
        $folder = Get-FakePath ''
        $null = New-Item -Path (Get-FakePath 'Evidence') -ItemType Directory
        Mock Test-FolderSafety -ModuleName PortExhaustion { }
        Mock Test-FolderSafety -ModuleName PortExhaustion -ParameterFilter { $Path -like '*Evidence' } {
            [pscustomobject]@{ code = 'folder-not-safe'; message = 'x'; advice = 'y'; path = $null }
        }
        Get-FaultId { Register-PortWatch -Path $folder } | Should -Be 'FolderNotProtected'
        [System.IO.Directory]::Exists((Get-FakePath 'Evidence')) | Should -BeTrue
    }

    It 'refuses a file as a folder: TraceFolderNotFound' {
        $file = Get-FakePath 'file'
        [System.IO.File]::WriteAllText($file, 'mine')
        Get-FaultId { Register-PortWatch -Path $file } | Should -Be 'TraceFolderNotFound'
        [System.IO.File]::ReadAllText($file) | Should -Be 'mine'
    }

    It 'is WatchExists twice, and replaces with -Force' {
        $null = Register-PortWatch
        Get-FaultId { Register-PortWatch -Percent 90 } | Should -Be 'WatchExists'
        (Get-PortWatch).Percent | Should -Be 80
        (Register-PortWatch -Percent 90 -Force).Percent | Should -Be 90
    }

    It 'is WatchDamaged on a state that was cut off, and so is Get-PortWatch' {
        $null = Register-PortWatch
        $file = [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'watch.json')
        [System.IO.File]::WriteAllText($file, '{"format":"portexhaustion-watch","ver')
        Get-FaultId { Register-PortWatch } | Should -Be 'WatchDamaged'
        Get-FaultId { Get-PortWatch } | Should -Be 'WatchDamaged'
        Get-FaultId { Unregister-PortWatch } | Should -Be 'WatchNotRemoved'
        Get-WatchFile | Should -BeNullOrEmpty
        Get-Task | Should -BeNullOrEmpty
    }
}

Describe 'A watch' {
    BeforeEach {
        Reset-Watch
        $null = Register-PortWatch -OnBreach Snapshot, Trace, Event
        InModuleScope PortExhaustion { $script:FakeTime = [datetime]::UtcNow.AddMinutes(5) }
    }

    It 'keeps a history in calm and does nothing else' {
        foreach ($i in 1..3) { Invoke-Step; Add-Minute 5 }
        @(Get-PortHistory).Count | Should -Be 6
        Get-Note | Should -BeNullOrEmpty
        Get-Warning | Should -BeNullOrEmpty
        Get-WatchFile | Should -Be 'history.csv', 'watch.json'
        (Get-PortWatch).LastSample | Should -BeGreaterThan (Get-PortWatch).Registered
    }

    It 'is sampled by the script that Task Scheduler starts' {
        & ([System.IO.Path]::Combine($ModuleFolder, 'tasks', 'Step-PortWatch.ps1')) | Should -BeNullOrEmpty
        @(Get-PortHistory).Count | Should -Be 2
    }

    It 'on a breach takes a snapshot, records, and tells' {
        Set-Sample 85.5
        Invoke-Step
        Get-WatchFile | Where-Object { $_ -like 'WATCH-*' } | ForEach-Object { $_ -replace '\d', '0' } | Should -Be 'WATCH-00000000-000000.etl', 'WATCH-00000000-000000.zip'
        $told = Get-Warning
        $told.Count, $told[0].log, $told[0].type, $told[0].source, $told[0].id | Should -Be 1, 'APPLICATION', 'WARNING', 'PortExhaustion', 100
        foreach ($part in 'tcp pool 85\.5 percent used, limit 80', '14008 of 16384', 'sailor\.exe \(5868\), 900', 'WATCH-.*\.zip', 'WATCH-.*\.etl') { $told[0].description | Should -Match $part }
        $told[0].description | Should -Not -Match '%'
        Get-Note | Should -Match 'breach since .*WATCH-.*\.zip'
        $watch = Get-PortWatch
        $watch.Breach, $watch.Evidence.Count | Should -Be 'tcp pool 85.5 percent used, limit 80', 2
        $trace = InModuleScope PortExhaustion { Read-TraceState }
        $trace.until, $trace.minutes, $trace.maxSizeMB, $trace.task | Should -Be 'Duration', 10, 256, 'PortExhaustion Trace'
        Get-Width (Get-View $watch) | Should -BeLessOrEqual 100
    }

    It 'tells once an hour while it lasts, and again after a calm' {
        Set-Sample 90
        foreach ($i in 0..12) { Invoke-Step 3> $null; Add-Minute 5 }
        @(Get-Warning).Count | Should -Be 2
        Set-Sample 75
        Invoke-Step
        (Get-PortWatch).Breach | Should -BeNullOrEmpty
        Add-Minute 5
        Set-Sample 90
        Invoke-Step 3> $null
        @(Get-Warning).Count | Should -Be 3
    }

    It 'takes event <Id> for: <What>' -ForEach @(
        @{ Id = 4231; What = 'a breach'; Count = 1 }, @{ Id = 4266; What = 'a breach'; Count = 1 }, @{ Id = 4227; What = 'a hint'; Count = 0 }
    ) {
        Add-Event $Id
        Invoke-Step
        @(Get-Warning).Count | Should -Be $Count
        Get-Note | Should -Match "event $Id x 1"
        Add-Minute 5
        Invoke-Step
        Get-Note | Should -Not -Match "event $Id"
    }

    It 'takes an event of before an hour off for a note only' {
        Add-Event 4231
        Add-Minute 59
        Add-Event 4266
        Add-Minute 30
        Invoke-Step
        (Get-PortWatch).Breach | Should -Match 'event 4266'
        Add-Minute 5
        Add-Event 4231
        Add-Minute 60
        Invoke-Step
        @(Get-Warning).Count | Should -Be 1
        Get-Note | Should -Match 'event 4231 x 1'
    }

    It 'sees events after the clock was set back' {
        Invoke-Step
        Add-Minute -600
        Add-Event 4231
        Invoke-Step
        @(Get-Warning).Count | Should -Be 1
    }

    It 'acts on an event although the sample fails' {
        Set-Sample 'the engine died'
        Add-Event 4231
        Invoke-Step
        (Get-Warning)[0].description | Should -Match 'event 4231'
        (Get-PortWatch).LastProblem | Should -Match 'the engine died'
    }

    It 'tells of three failures in a row, once' {
        Set-Sample 'the engine died'
        foreach ($i in 1..2) { Invoke-Step; Add-Minute 5 }
        Get-Warning | Should -BeNullOrEmpty
        foreach ($i in 3..6) { Invoke-Step; Add-Minute 5 }
        (Get-Warning).id | Should -Be 101
        (Get-PortWatch).LastProblem | Should -Match 'the engine died'
        Get-WatchFile | Should -Be 'watch.json'
        Set-Sample 10
        Invoke-Step
        Set-Sample 'again'
        foreach ($i in 1..3) { Add-Minute 5; Invoke-Step }
        @(Get-Warning).Count | Should -Be 2
    }

    It 'tells of a full disk' {
        Mock Add-HistoryRow -ModuleName PortExhaustion { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        foreach ($i in 1..3) { Invoke-Step; Add-Minute 5 }
        (Get-Warning).description | Should -Match 'history could not be written: There is not enough space'
    }

    It 'takes no snapshot for nothing: says why there is none' {
        Set-FakeWindows @{ faults = @{ snapshotFails = $true } }
        Set-Sample 90
        Invoke-Step
        (Get-Warning)[0].description | Should -Match 'no snapshot: There is not enough space'
        Get-Note | Should -Match 'no snapshot'
    }

    It 'never stops a recording of others' {
        Set-FakeWindows @{ sessions = @(@{ name = '-NetTrace-CORP\berta'; logFile = 'C:\Users\berta\NetTrace.etl'; netsh = $true; user = 'S-1-5-21-9'; maximumFileSize = 250 }) }
        Set-Sample 90
        Invoke-Step
        @((Get-FakeWindows).sessions).Count | Should -Be 1
        Get-Note | Should -Match 'no recording: .*berta'
        (Get-Warning)[0].description | Should -Match 'no recording: .*berta'
        Get-FakeCall | Where-Object { $_ -match 'trace (start|stop)' } | Should -BeNullOrEmpty
    }

    It 'remembers what it did where the log refuses the event' {
        Set-FakeWindows @{ faults = @{ eventcreate = $true } }
        Set-Sample 90
        foreach ($i in 1..3) { Invoke-Step; Add-Minute 5 }
        (Get-PortWatch).LastProblem | Should -Match 'the event could not be written'
        @((Get-PortWatch).Evidence | Where-Object { $_ -like '*.zip' }).Count | Should -Be 1
    }

    It 'keeps 20 snapshots and 3 traces, and whatever is of others' {
        $evidence = Join-Path (Get-Folder) 'Evidence'
        $null = New-Item -Path $evidence -ItemType Directory
        foreach ($day in 1..25) {
            foreach ($extension in 'zip', 'etl', 'start.zip') { [System.IO.File]::WriteAllText((Join-Path $evidence ('WATCH-202601{0:00}-000000.{1}' -f $day, $extension)), '') }
        }
        [System.IO.File]::WriteAllText((Join-Path $evidence 'mine.zip'), '')
        Set-Sample 90
        Invoke-Step
        $names = [System.IO.Directory]::GetFiles($evidence) | Split-Path -Leaf
        @($names -match '^WATCH-\d{8}-\d{6}\.zip$').Count | Should -Be 20
        @($names -match '\.etl$').Count | Should -Be 3
        @($names -match '\.start\.zip$').Count | Should -Be 2
        $names | Should -Contain 'mine.zip'
        $names | Should -Not -Contain 'WATCH-20260105-000000.zip'
    }

    It 'takes no sample while another is taken, nor after it was removed' {
        $held = InModuleScope PortExhaustion { Open-WatchLock -TimeoutSeconds 0 }
        Invoke-Step
        $held.Dispose()
        Get-WatchFile | Should -Be 'watch.json'
        Unregister-PortWatch
        Invoke-Step
        Get-WatchFile | Should -BeNullOrEmpty
    }

    It 'tells of a state that is damaged' {
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'watch.json'), '{')
        Invoke-Step -WarningAction SilentlyContinue 3> $null
        (Get-Warning).id | Should -Be 101
    }
}

Describe 'Unregister-PortWatch' {
    BeforeEach {
        Reset-Watch
    }

    It 'is NoWatch where there is none' {
        Get-FaultId { Unregister-PortWatch } | Should -Be 'NoWatch'
        Get-PortWatch | Should -BeNullOrEmpty
    }

    It 'leaves nothing' {
        $null = Register-PortWatch
        Set-Sample 90
        Invoke-Step
        InModuleScope PortExhaustion { $script:FakeSource = [pscustomobject]@{ IsEventCreate = $true } }
        (Get-PortWatch).Evidence.Count | Should -Be 1
        Unregister-PortWatch | Should -BeNullOrEmpty
        Get-Task | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'Watch')) | Should -BeFalse
        Get-WatchFile | Should -BeNullOrEmpty
        InModuleScope PortExhaustion { $script:FakeSource } | Should -BeNullOrEmpty
    }

    It 'ends a recording of its own, <What>' -ForEach @(@{ What = 'running'; Phase = 'recording' }, @{ What = 'ended'; Phase = 'stopped' }) {
        $null = Register-PortWatch -OnBreach Trace
        Set-Sample 90
        Invoke-Step
        InModuleScope PortExhaustion -Parameters @{ Phase = $Phase } {
            $state = Read-TraceState
            $state.phase = $Phase
            Write-TraceState -State $state
        }
        Unregister-PortWatch
        Get-WatchFile | Should -BeNullOrEmpty
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'leaves a recording of a person, and says nothing of it' {
        $null = Register-PortWatch
        $trace = Start-PortTrace -Path (Get-FakePath 'x.etl')
        Get-FaultId { Unregister-PortWatch } | Should -BeNullOrEmpty
        (Get-PortTrace).Path | Should -Be $trace.Path
        Stop-PortTrace -Discard
        $null = Register-PortWatch
        Unregister-PortWatch
        Get-WatchFile | Should -BeNullOrEmpty
    }

    It 'leaves the source where it is <What>' -ForEach @(
        @{ What = 'older than the watch'; Before = $true; IsEventCreate = $true }, @{ What = 'of another program'; Before = $false; IsEventCreate = $false }
    ) {
        $source = [pscustomobject]@{ IsEventCreate = $IsEventCreate }
        if ($Before) { InModuleScope PortExhaustion -Parameters @{ Source = $source } { $script:FakeSource = $Source } }
        $null = Register-PortWatch
        InModuleScope PortExhaustion -Parameters @{ Source = $source } { $script:FakeSource = $Source }
        Unregister-PortWatch
        InModuleScope PortExhaustion { $script:FakeSource } | Should -Not -BeNullOrEmpty
    }

    It 'leaves files of others, in a folder that was there' {
        $folder = Get-FakePath ''
        [System.IO.File]::WriteAllText((Get-FakePath 'mine.txt'), 'mine')
        $null = Register-PortWatch -Path $folder
        Invoke-Step
        Unregister-PortWatch
        [System.IO.Directory]::GetFileSystemEntries($folder) | Split-Path -Leaf | Should -Be 'mine.txt'
    }

    It 'keeps history and evidence with -KeepEvidence' {
        $null = Register-PortWatch
        Set-Sample 90
        Invoke-Step
        Unregister-PortWatch -KeepEvidence
        Get-WatchFile | ForEach-Object { $_ -replace '\d', '0' } | Should -Be 'history.csv', 'WATCH-00000000-000000.zip'
        Get-Task | Should -BeNullOrEmpty
        @(Get-PortHistory).Count | Should -Be 2
    }

    It 'does nothing with -WhatIf' {
        $null = Register-PortWatch
        Unregister-PortWatch -WhatIf
        (Get-PortWatch).State | Should -Be 'Active'
    }

    It 'names what stays, and removes the rest' {
        $null = Register-PortWatch
        Invoke-Step
        InModuleScope PortExhaustion { $script:FakeSource = [pscustomobject]@{ IsEventCreate = $true } }
        Mock Remove-EventSource -ModuleName PortExhaustion { throw 'access is denied' }
        Set-FakeWindows @{ faults = @{ taskdelete = $true } }
        Get-FaultId { Unregister-PortWatch } | Should -Be 'WatchNotRemoved'
        $told[0].Exception.Message | Should -Match "the task 'PortExhaustion Watch'.*the source PortExhaustion"
        Get-WatchFile | Should -BeNullOrEmpty
    }

    It 'works where only the task is left' {
        $null = Register-PortWatch
        [System.IO.File]::Delete([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'watch.json'))
        Unregister-PortWatch
        Get-Task | Should -BeNullOrEmpty
    }

    It 'is seen as TaskMissing where the task has gone' {
        $null = Register-PortWatch
        Set-FakeWindows @{ tasks = @{} }
        (Get-PortWatch).State | Should -Be 'TaskMissing'
    }
}

Describe 'In Constrained Language Mode' {
    It '<_> is FullLanguageNeeded' -ForEach 'Register-PortWatch', 'Get-PortWatch', 'Unregister-PortWatch' {
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        $before = $env:OS
        try {
            $env:OS = 'Windows_NT'
            $output = $shell.AddScript("Import-Module '$Manifest'; $_").Invoke()
            $output | Should -BeNullOrEmpty
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'FullLanguageNeeded*'
        } finally {
            $env:OS = $before
            $shell.Dispose()
        }
    }
}
