# Knows what a watch does sample by sample on a fake Windows, whatever fails around it.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-WatchModule
}

AfterAll {
    Remove-Module PortExhaustion -Force
}

Describe 'A watch' {
    BeforeEach {
        Reset-Watch
        $null = Register-PortWatch -OnBreach Snapshot, Trace, Event
        Add-Minute 5
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
        foreach ($i in 1..3) { Invoke-Step; Add-Minute 5 }
        (Get-PortWatch).Breach | Should -Match 'pool 90 percent'
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
        $evidence = Join-Path (Get-WatchFolder) 'Evidence'
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
