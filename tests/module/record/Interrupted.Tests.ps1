# Knows that nothing is half done where a recording is interrupted, or where two sessions are at it at once.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')
    Import-RecordModule
}

Describe 'Two administrators at once' {
    BeforeEach {
        Reset-FakeWindows @{ faults = @{ startDelayMs = 1500 } }
        $shells = @(New-RecordShell; New-RecordShell)
    }

    AfterEach {
        $shells | ForEach-Object { $_.Dispose() }
    }

    It 'start one recording, and the other is told' {
        $runs = foreach ($index in 0, 1) { $shells[$index].AddScript('param($Path) Start-PortTrace -Path $Path').AddArgument((Get-FakePath "$index.etl")).BeginInvoke() }
        $given = @(foreach ($index in 0, 1) { $shells[$index].EndInvoke($runs[$index]) })
        $given.Count | Should -Be 1
        $given[0].State | Should -Be 'Recording'
        @($shells | ForEach-Object { $_.Streams.Error } | ForEach-Object { $_.FullyQualifiedErrorId }) | Should -Match '^(TraceAlreadyRunning|TraceBusy),'
        @(Get-FakeCall) -match 'trace start' | Should -HaveCount 1
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'start and stop it one after the other' {
        $run = $shells[0].AddScript('param($Path) Start-PortTrace -Path $Path').AddArgument((Get-FakePath 'x.etl')).BeginInvoke()
        while (-not (@(Get-FakeCall) -match 'trace start')) { Start-Sleep -Milliseconds 50 }
        $stopped = $shells[1].AddScript('Stop-PortTrace').Invoke()
        $stopped[0].State | Should -Be 'Stopped'
        $shells[0].EndInvoke($run)[0].State | Should -Be 'Recording'
        Get-SessionName | Should -BeNullOrEmpty
        Get-PortTrace | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C' {
    BeforeEach {
        Reset-FakeWindows
    }

    It 'while <Moment> leaves nothing' -ForEach @(
        @{ Moment = 'netsh starts'; Faults = @{ startDelayMs = 2000 }; Sign = { @(Get-FakeCall | Where-Object { $_ -match 'trace start' }).Count -gt 0 } }
        @{ Moment = 'the snapshot of the start is taken'; Faults = @{ snapshotDelayMs = 60000 }; Sign = { @(Get-SessionName).Count -gt 0 } }
    ) {
        Set-FakeWindows @{ faults = $Faults }
        $shell = New-RecordShell
        $null = $shell.AddScript('param($Path) Start-PortTrace -Path $Path').AddArgument((Get-FakePath 'x.etl'))
        $running = $shell.BeginInvoke()
        while (-not (& $Sign)) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        Get-SessionName | Should -BeNullOrEmpty
        Get-Leftover | Should -BeNullOrEmpty
        $null = $running
        $shell.Dispose()
    }

    It 'while <Moment> waits for netsh, and leaves no state' -ForEach @(
        @{ Moment = 'netsh stops'; Faults = @{ stopDelayMs = 2000 }; Sign = { @(Get-FakeCall) -match 'trace stop' } }
        @{ Moment = 'the last snapshot is taken'; Faults = @{ snapshotDelayMs = 60000 }; Sign = { (InModuleScope PortExhaustion { Read-TraceState }).phase -eq 'stopping' } }
    ) {
        $null = Start-PortTrace -Path (Get-FakePath 'x.etl')
        Set-FakeWindows @{ faults = $Faults }
        $shell = New-RecordShell
        $running = $shell.AddScript('Stop-PortTrace').BeginInvoke()
        while (-not (& $Sign)) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        Get-SessionName | Should -BeNullOrEmpty
        Get-PortTrace | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText((Get-FakePath 'x.etl')) | Should -Be 'recorded and merged'
        $null = $running
        $shell.Dispose()
    }
}
