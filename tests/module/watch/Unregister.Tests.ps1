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
