# Knows that nothing of a watch is left, and that nothing of others goes.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-WatchModule
}

AfterAll {
    Remove-Module PortExhaustion -Force
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
        InModuleScope PortExhaustion { $script:FakeSource = [pscustomobject]@{ IsEventCreate = $true; IsWritable = $true } }
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
        $source = [pscustomobject]@{ IsEventCreate = $IsEventCreate; IsWritable = $true }
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
        InModuleScope PortExhaustion { $script:FakeSource = [pscustomobject]@{ IsEventCreate = $true; IsWritable = $true } }
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

    It 'removes what a sample left that was ended in the middle, but none that a recording may be taking' {
        $data = [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data')
        $sample = [System.IO.Path]::Combine($data, 'sample-0123456789abcdef0123456789abcdef.zip')
        $null = Register-PortWatch
        $null = Start-PortTrace -Path (Get-FakePath 'x.etl')
        [System.IO.File]::WriteAllText($sample, '')
        [System.IO.File]::SetLastWriteTimeUtc($sample, (InModuleScope PortExhaustion { Get-WatchTime }))
        Unregister-PortWatch
        [System.IO.File]::Exists($sample) | Should -BeTrue
        Stop-PortTrace -Discard
        $null = Register-PortWatch
        Unregister-PortWatch
        Get-WatchFile | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists($data) | Should -BeFalse
    }

    It 'removes a half snapshot too' {
        $null = Register-PortWatch
        $evidence = [System.IO.Path]::Combine((Get-WatchFolder), 'Evidence')
        $null = New-Item -Path $evidence -ItemType Directory
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($evidence, 'half-WATCH-20261125-030000.zip'), '')
        Unregister-PortWatch
        Get-WatchFile | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists((Get-WatchFolder)) | Should -BeFalse
    }

    It 'leaves no folder after a watch that came back to what was kept' {
        $null = Register-PortWatch
        Invoke-Step
        Unregister-PortWatch -KeepEvidence
        $null = Register-PortWatch
        Unregister-PortWatch
        [System.IO.Directory]::Exists((Get-WatchFolder)) | Should -BeFalse
    }

    It 'removes the source of a watch whose state was lost and replaced' {
        $null = Register-PortWatch
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'watch.json'), '{')
        InModuleScope PortExhaustion { $script:FakeSource = [pscustomobject]@{ IsEventCreate = $true; IsWritable = $true } }
        $null = Register-PortWatch -Force
        Unregister-PortWatch
        InModuleScope PortExhaustion { $script:FakeSource } | Should -BeNullOrEmpty
    }

    It 'leaves nothing where the task has gone before, and compiled code and its XML have stayed' {
        $null = Register-PortWatch
        Set-FakeWindows @{ tasks = @{} }
        foreach ($name in 'native-0123.dll', 'task-0123456789abcdef0123456789abcdef.xml') { [System.IO.File]::WriteAllText([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', $name), '') }
        Unregister-PortWatch | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists([System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data')) | Should -BeFalse
    }

    It 'is seen as TaskMissing where the task has gone' {
        $null = Register-PortWatch
        Set-FakeWindows @{ tasks = @{} }
        (Get-PortWatch).State | Should -Be 'TaskMissing'
    }

    It 'is seen as ModuleMissing where the module of the task has gone' {
        $null = Register-PortWatch
        InModuleScope PortExhaustion {
            $state = Read-WatchState
            $state.script = [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'gone', 'Step-PortWatch.ps1')
            Write-WatchState -State $state
        }
        (Get-PortWatch).State | Should -Be 'ModuleMissing'
    }

    It 'is seen as Late where samples do not come, unless the machine was off: <What>' -ForEach @(
        @{ What = 'two intervals'; Minutes = 15; Boot = -600; State = 'Active' }, @{ What = 'longer'; Minutes = 15.1; Boot = -600; State = 'Late' }
        @{ What = 'longer, and just started'; Minutes = 600; Boot = 599; State = 'Active' }, @{ What = 'the clock was set back'; Minutes = -600; Boot = -900; State = 'Active' }
    ) {
        $null = Register-PortWatch
        Invoke-Step
        Set-FakeWindows @{ boot = (InModuleScope PortExhaustion { Get-WatchTime }).AddMinutes($Boot).ToString('o') }
        Add-Minute $Minutes
        (Get-PortWatch).State | Should -Be $State
    }
}
