# Knows how a watch is registered on a fake Windows, or refused with nothing left.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-WatchModule
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
        $watch.State, $watch.IntervalMinutes, $watch.Percent, $watch.Path | Should -Be 'Active', 7, 80, (Get-WatchFolder)
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
        [System.IO.Directory]::Exists((Get-WatchFolder)) | Should -BeFalse
        Set-FakeWindows @{ faults = @{} }
        $null = Register-PortWatch -Percent 70
        Set-FakeWindows @{ faults = @{ taskcreate = $true } }
        Get-FaultId { Register-PortWatch -Percent 60 -Force } | Should -Be 'ScheduledTaskFailed'
        (Get-PortWatch).Percent, (Get-PortWatch).State | Should -Be 70, 'Active'
    }

    It 'refuses <_> that others can write to: FolderNotProtected' -ForEach 'Evidence', 'history.csv', 'history.1.csv' {
        $name = $_
        $null = New-Item -Path (Get-FakePath $name) -ItemType $(if ($name -eq 'Evidence') { 'Directory' } else { 'File' })
        Mock Get-UnsafeReason -ModuleName PortExhaustion -ParameterFilter { $Path -eq (Get-FakePath $name) } { "Berta can change '$Path'." }
        Get-FaultId { Register-PortWatch -Path (Get-FakePath '') } | Should -Be 'FolderNotProtected'
        $told[0].Exception.Message | Should -Match "Berta can change '.*$name'"
        Test-Path -LiteralPath (Get-FakePath $name) | Should -BeTrue
        Get-Task | Should -BeNullOrEmpty
    }

    It 'takes a drive as the drive, not as the folder that a process happens to be in' {
        $root = [System.IO.Path]::GetPathRoot($TestDrive)
        $seen = @{}
        Mock Register-CheckedWatch -ModuleName PortExhaustion { $seen.Path = $Wish.Path; [pscustomobject]@{ code = 'watch-busy'; message = 'x'; advice = 'y'; path = $null } }
        Get-FaultId { Register-PortWatch -Path $root } | Should -Be 'WatchBusy'
        $seen.Path | Should -Be $root
    }

    It 'warns where the source in the log is of another program, to which eventcreate does not write' {
        InModuleScope PortExhaustion { $script:FakeSource = [pscustomobject]@{ IsEventCreate = $false; IsWritable = $false } }
        $null = Register-PortWatch -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match 'source PortExhaustion that another program made'
    }

    It 'takes the first sample at once, and says where that does not work' {
        $null = Register-PortWatch
        (Get-FakeWindows).tasks.'PortExhaustion Watch'.runs | Should -Be 1
        Set-FakeWindows @{ faults = @{ taskrun = $true } }
        $watch = Register-PortWatch -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $watch.State | Should -Be 'Active'
        $warnings | Should -Match 'first sample could not be started: .*exit code 1'
    }

    It 'gives its task a run of half an hour at most, since one that hangs leaves out all others' {
        $null = Register-PortWatch
        ([xml] (Get-FakeWindows).tasks.'PortExhaustion Watch'.xml).Task.Settings.ExecutionTimeLimit | Should -Be 'PT30M'
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
