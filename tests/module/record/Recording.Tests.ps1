# Knows how a recording goes: started, looked at, stopped; and that whatever goes wrong ends in one clear error with nothing left.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')
    Import-RecordModule

    function Start-Trace {
        param([string] $Name = 'x.etl')
        return Start-PortTrace -Path (Get-FakePath $Name)
    }

    # What a person sees of -WhatIf: it goes to the host and to no stream.
    function Get-WhatIfText {
        param([scriptblock] $Command)
        $file = "$env:FAKE_WINDOWS_FOLDER/transcript.txt"
        $null = Start-Transcript -Path $file
        try { & $Command } finally { $null = Stop-Transcript }
        return @([System.IO.File]::ReadAllLines($file) | Where-Object { $_ -like 'What if:*' }) -join "`n"
    }

    # Changes the state behind the back of the module.
    function Edit-State {
        param([hashtable] $With)
        InModuleScope PortExhaustion -Parameters @{ With = $With } {
            $state = Read-TraceState
            foreach ($key in $With.Keys) { $state.$key = $With[$key] }
            Write-TraceState -State $state
        }
    }

    $foreign = @{ name = '-NetTrace-CORP\berta'; logFile = 'C:\Users\berta\NetTrace.etl'; netsh = $true; user = 'S-1-5-21-9'; maximumFileSize = 250 }
}

Describe 'A recording' {
    BeforeEach {
        Reset-FakeWindows
    }

    It 'is started, seen, stopped, in a Windows of language <_>' -ForEach 'en', 'ja', 'de' {
        Set-FakeWindows @{ language = $_ }
        $path = Get-FakePath 'web01.etl'
        $started = Start-PortTrace -Path $path
        $started.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortTrace'
        $started.State, $started.Path, $started.Owner | Should -Be 'Recording', $path, 'WEB01\anna'
        $started.StartSnapshot | Should -Be ($path -replace '\.etl$', '.start.zip')
        $started.Started.Kind | Should -Be 'Utc'
        (Get-PortTrace).State | Should -Be 'Recording'
        $stopped = Stop-PortTrace
        $stopped.State, $stopped.StopSnapshot | Should -Be 'Stopped', ($path -replace '\.etl$', '.stop.zip')
        $stopped.Stopped | Should -BeGreaterThan $stopped.Started
        [System.IO.File]::ReadAllText($path) | Should -Be 'recorded and merged'
        Get-PortTrace | Should -BeNullOrEmpty
        Get-SessionName | Should -BeNullOrEmpty
        @([System.IO.Directory]::GetFiles((Split-Path $path))).Count | Should -Be 3
    }

    It 'runs also where the session of netsh writes to another file until it stops' {
        Set-FakeWindows @{ faults = @{ logsElsewhere = $true } }
        (Start-PortTrace -Path (Get-FakePath 'x.etl')).State | Should -Be 'Recording'
        (Get-PortTrace).State | Should -Be 'Recording'
        (Stop-PortTrace).State | Should -Be 'Stopped'
        Get-SessionName | Should -BeNullOrEmpty
    }

    It 'goes to a folder of its own without -Path, and to a named one with a folder' {
        $own = Start-PortTrace
        $own.Path | Should -BeLike "$env:FAKE_WINDOWS_FOLDER/data/Traces/PORTS-*.etl"
        Stop-PortTrace -Discard
        (Start-PortTrace -Path (Get-FakePath '')).Path | Should -BeLike "$env:FAKE_WINDOWS_FOLDER/traces/PORTS-*.etl"
        Stop-PortTrace -Discard
        (Start-PortTrace -Path (Get-FakePath 'plain')).Path | Should -Be (Get-FakePath 'plain.etl')
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'is discarded with all of its files' {
        $null = Start-Trace
        Stop-PortTrace -Discard | Should -BeNullOrEmpty
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'goes on without a snapshot, and says so' {
        Set-FakeWindows @{ faults = @{ snapshotFails = $true } }
        $trace = Start-PortTrace -Path (Get-FakePath 'x.etl') -WarningVariable warnings -WarningAction SilentlyContinue
        $trace.State, $trace.StartSnapshot | Should -Be 'Recording', $null
        $trace.Problems[0], $warnings[0].Message | Should -Be (@('There is no snapshot of the start: There is not enough space on the disk.') * 2)
        Stop-PortTrace -Discard
    }

    It 'overwrites with -Force, and tells netsh so' {
        [System.IO.File]::WriteAllText((Get-FakePath 'x.etl'), 'old')
        (Start-PortTrace -Path (Get-FakePath 'x.etl') -Force).CommandLine | Should -BeLike '*overwrite=yes*'
        Stop-PortTrace -Discard
    }

    It 'runs also where its path has spaces in a row, which netsh''s text has not' {
        Set-FakeWindows @{ faults = @{ logsElsewhere = $true } }
        (Start-PortTrace -Path (Get-FakePath 'a   b.etl')).State | Should -Be 'Recording'
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'has the full path, as Windows knows it' {
        (Start-PortTrace -Path (Get-FakePath '../traces/./x.etl')).Path | Should -Be (Get-FakePath 'x.etl')
        Stop-PortTrace -Discard
    }

    It 'leaves what -Force allowed to overwrite where netsh has not touched it' {
        foreach ($name in 'x.etl', 'x.start.zip', 'x.cab') { [System.IO.File]::WriteAllText((Get-FakePath $name), 'old') }
        Set-FakeWindows @{ faults = @{ startDenied = $true } }
        Get-FaultId { Start-PortTrace -Path (Get-FakePath 'x.etl') -Force } | Should -Be 'TraceStartFailed'
        @(Get-Leftover).Count | Should -Be 3
    }

    It 'says with -WhatIf what goes with -Discard' {
        $null = Start-Trace
        Get-WhatIfText { Stop-PortTrace -WhatIf } | Should -Match 'netsh trace stop"'
        Get-WhatIfText { Stop-PortTrace -Discard -WhatIf } | Should -Match 'netsh trace stop, and remove the trace and its snapshots"'
        Edit-State @{ phase = 'stopped' }
        Get-WhatIfText { Stop-PortTrace -WhatIf } | Should -Match 'forget the recording, which has ended"'
        Edit-State @{ phase = 'recording' }
        Stop-PortTrace -Discard
    }

    It 'is read with -Analyze' {
        $null = Start-Trace
        Mock Read-PortTrace -ModuleName PortExhaustion { "report of $LiteralPath" }
        Stop-PortTrace -Analyze | Should -Be "report of $(Get-FakePath 'x.etl')"
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'does not stop with -WhatIf' {
        $null = Start-Trace
        Stop-PortTrace -WhatIf
        (Get-PortTrace).State | Should -Be 'Recording'
        Stop-PortTrace -Discard
    }

    It 'shows how long netsh takes to stop' {
        $null = Start-Trace
        Set-FakeWindows @{ faults = @{ stopDelayMs = 2500 } }
        $shell = New-RecordShell
        $null = $shell.AddScript('Stop-PortTrace').Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $seen = @($shell.Streams.Progress | Where-Object { $_.Activity -eq 'Stopping the recording' })
        $seen.Count | Should -BeGreaterThan 1
        $seen[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
    }
}

Describe 'A recording of ours' {
    BeforeEach {
        Reset-FakeWindows
        $null = Start-Trace
    }

    It 'is not started twice' {
        Get-FaultId { Start-PortTrace -Path (Get-FakePath 'y.etl') } | Should -Be 'TraceAlreadyRunning'
        (Get-PortTrace).Path | Should -Be (Get-FakePath 'x.etl')
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'is not stopped by another user, and still is by its own' {
        Set-FakeWindows @{ user = @{ sid = 'S-1-5-21-1-2-3-1002'; name = 'WEB01\carl' } }
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceOtherUser'
        $told[0].Exception.Message | Should -BeLike 'WEB01\anna started*'
        (Get-PortTrace).State | Should -Be 'Recording'
        Set-FakeWindows @{ user = @{ sid = 'S-1-5-21-1-2-3-1001'; name = 'WEB01\anna' } }
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'that <How> is reported with the file it left' -ForEach @(
        @{ How = 'somebody stopped by hand'; Boot = '2020-01-01T00:00:00Z'; Says = 'somebody else ended it' }
        @{ How = 'a restart ended'; Boot = '2999-01-01T00:00:00Z'; Says = 'this computer was started again' }
    ) {
        Set-FakeWindows @{ sessions = @(); boot = $Boot }
        (Get-PortTrace).State | Should -Be 'Vanished'
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceVanished'
        $told[0].Exception.Message | Should -BeLike "*$Says*$(Get-FakePath 'x.etl')*MB*"
        $given[0].Path | Should -Be (Get-FakePath 'x.etl')
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'that vanished makes room for the next, with a warning' {
        Set-FakeWindows @{ sessions = @() }
        $next = Start-PortTrace -Path (Get-FakePath 'y.etl') -WarningVariable warnings -WarningAction SilentlyContinue
        $next.State | Should -Be 'Recording'
        $warnings[0].Message | Should -BeLike "An earlier recording was never stopped.*$(Get-FakePath 'x.etl')*"
        Stop-PortTrace -Discard
    }

    It 'whose process was killed while it started can be stopped' {
        InModuleScope PortExhaustion {
            $state = Read-TraceState
            $state.phase = 'starting'
            $state.started = $null
            Write-TraceState -State $state
        }
        (Get-PortTrace).State | Should -Be 'Starting'
        (Stop-PortTrace).State | Should -Be 'Stopped'
        Get-SessionName | Should -BeNullOrEmpty
    }

    It 'whose file is gone after netsh stopped is one error' {
        Set-FakeWindows @{ faults = @{ stopLosesFile = $true } }
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceFileMissing'
        Get-PortTrace | Should -BeNullOrEmpty
        Get-SessionName | Should -BeNullOrEmpty
    }

    It 'that netsh cannot stop still runs, and is stopped the next time' {
        Set-FakeWindows @{ faults = @{ stopFails = $true } }
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceStopFailed'
        $told[0].Exception.Message | Should -BeLike '*not enough space*'
        (Get-PortTrace).State | Should -Be 'Recording'
        Set-FakeWindows @{ faults = @{} }
        (Stop-PortTrace).State | Should -Be 'Stopped'
        Get-SessionName | Should -BeNullOrEmpty
    }

    It 'that took somebody else''s place while the last snapshot was taken leaves that alone' {
        Mock Save-TraceSnapshot -ModuleName PortExhaustion { Set-FakeWindows @{ sessions = @($foreign + @{ user = 'S-1-5-21-1-2-3-1001' }) } }
        $foreign.Remove('user')
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceVanished'
        Get-SessionName | Should -Be $foreign.name
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'that could neither be started nor taken back is kept for Stop-PortTrace' {
        Stop-PortTrace -Discard
        Set-FakeWindows @{ faults = @{ startExit = 1; stopFails = $true } }
        Get-FaultId { Start-PortTrace -Path (Get-FakePath 'x.etl') } | Should -Be 'TraceStartFailed'
        $told[0].Exception.Message | Should -BeLike '*could not be stopped*Stop-PortTrace*'
        (Get-PortTrace).State | Should -Be 'Recording'
        Set-FakeWindows @{ faults = @{} }
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'that is begun or ended just now is neither vanished nor ended by another' {
        Edit-State @{ phase = 'stopping' }
        Set-FakeWindows @{ sessions = @() }
        Use-HeldLock {
            (Get-PortTrace).State | Should -Be 'Stopping'
            Get-FaultId { Stop-PortTrace -Discard } | Should -Be 'TraceBusy'
        }
        [System.IO.File]::Exists((Get-FakePath 'x.etl')) | Should -BeTrue
        (Get-PortTrace).State | Should -Be 'Vanished'
        Get-FaultId { Stop-PortTrace -Discard } | Should -Be 'TraceVanished'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'that another session has ended meanwhile is not confused with the next' {
        $old = InModuleScope PortExhaustion { Read-TraceState }
        Stop-PortTrace -Discard
        $null = Start-Trace
        InModuleScope PortExhaustion -Parameters @{ Old = $old } { (Stop-OwnTrace -State $Old -Discard).code } | Should -Be 'no-trace'
        InModuleScope PortExhaustion -Parameters @{ Old = $old } { Get-ShownPhase -State $Old } | Should -BeNullOrEmpty
        (Get-PortTrace).State | Should -Be 'Recording'
        Stop-PortTrace -Discard
    }

    It 'whose state cannot be removed is one error, and has been stopped' {
        Mock Remove-StateFile -ModuleName PortExhaustion { throw [System.IO.IOException]::new('in use') }
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceStateNotWritten'
        Get-SessionName | Should -BeNullOrEmpty
        (Get-PortTrace).State | Should -Be 'Stopped'
    }

    It 'tells once of a snapshot that fails again and again' {
        Set-FakeWindows @{ faults = @{ stopFails = $true; snapshotFails = $true } }
        foreach ($time in 1, 2) { Get-FaultId { Stop-PortTrace -WarningAction SilentlyContinue } | Should -Be 'TraceStopFailed' }
        @((Get-PortTrace).Problems).Count | Should -Be 1
        Set-FakeWindows @{ faults = @{} }
        Stop-PortTrace -Discard
    }

    It 'that netsh stopped while it said no has been stopped' {
        Set-FakeWindows @{ faults = @{ stopExit = 1 } }
        (Stop-PortTrace).State | Should -Be 'Stopped'
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'whose files stay is one error with -Discard' {
        Mock Remove-TraceFile -ModuleName PortExhaustion { $Path }
        Get-FaultId { Stop-PortTrace -Discard } | Should -Be 'TraceNotRemoved'
        Get-PortTrace | Should -BeNullOrEmpty
        Get-SessionName | Should -BeNullOrEmpty
    }

    It 'looks like this' {
        $table = Get-View (Get-PortTrace)
        Get-Width $table | Should -BeLessOrEqual 100
        $table | Should -Match '(?m)^Recording\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\s+0[.,]0 MB\s+Stop-PortTrace\s+/'
        $list = Get-View (Get-PortTrace) -As List
        $list | Should -Match 'Command\s+: netsh trace start'
        $list | Should -Not -Match 'Problems'
        Test-Ellipsis "$table$list" | Should -BeFalse
    }

    It 'of which nobody can tell whether it runs is left alone' {
        Set-FakeWindows @{ faults = @{ sessionsUnknown = $true; statusFails = $true } }
        (Get-PortTrace).State | Should -Be 'Unknown'
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceSessionsUnknown'
        @(Get-FakeCall | Where-Object { $_ -match 'trace stop' }).Count | Should -Be 0
    }
}

Describe 'Files of older recordings' {
    It 'stay with -Discard where the recording has none of its own: <Phase>' -ForEach @(@{ Phase = 'failed'; Id = 'NoTraceRunning' }, @{ Phase = 'requested'; Id = 'NoTraceRunning' }) {
        Reset-FakeWindows
        [System.IO.File]::WriteAllText((Get-FakePath 'x.etl'), 'old')
        InModuleScope PortExhaustion -Parameters @{ Path = (Get-FakePath 'x.etl'); Phase = $Phase } {
            $state = New-TraceState -Path $Path -Overwrite -Until Event -Minutes 5 -Task (Get-TraceTaskName)
            $state.phase = $Phase
            Write-TraceState -State $state
        }
        Get-FaultId { Stop-PortTrace -Discard } | Should -Be $Id
        Get-Leftover | Should -Be (Get-FakePath 'x.etl')
    }

    It 'and a snapshot of a start that failed goes, also where netsh lost the trace' {
        Reset-FakeWindows @{ faults = @{ stopLosesFile = $true } }
        Mock Save-TraceSnapshot -ModuleName PortExhaustion {
            [System.IO.File]::WriteAllText((Get-FakePath 'x.start.zip'), 'snapshot')
            [System.IO.File]::Delete((Get-FakePath 'x.etl'))
            throw [System.IO.IOException]::new('no room')
        }
        Get-FaultId { Start-PortTrace -Path (Get-FakePath 'x.etl') } | Should -Be 'TraceStateNotWritten'
        Get-Leftover | Should -BeNullOrEmpty
    }
}
