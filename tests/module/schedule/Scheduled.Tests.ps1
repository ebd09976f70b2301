# Knows how a recording of SYSTEM goes: by a task that is registered, steps, and removes itself, whatever ends it. The fake schtasks keeps
# tasks; a run of one is a step in this process, as SYSTEM.
BeforeAll {
    . (Join-Path $PSScriptRoot '../record/RecordSetup.ps1')
    Import-RecordModule
    $anna = @{ sid = 'S-1-5-21-1-2-3-1001'; name = 'WEB01\anna' }

    # What Task Scheduler does when a task is due.
    function Invoke-Task {
        Set-FakeWindows @{ user = @{ sid = 'S-1-5-18'; name = 'NT AUTHORITY\SYSTEM' } }
        try { InModuleScope PortExhaustion { Step-PortTrace } } finally { Set-FakeWindows @{ user = $anna } }
    }
    function Get-TaskName { @((Get-FakeWindows).tasks.PSObject.Properties | ForEach-Object { $_.Name }) }
    $path = { Get-FakePath 'x.etl' }
}

Describe 'A recording of SYSTEM' {
    BeforeEach {
        Reset-FakeWindows
        $script:events = @()
        $script:percent = 10
        Mock Start-SystemTask -ModuleName PortExhaustion { Invoke-Task; [pscustomobject]@{ Succeeded = $true; Reason = $null } }
        Mock Invoke-EventQuery -ModuleName PortExhaustion { [pscustomobject]@{ Status = 'read'; Reason = $null; Rows = @($script:events) } }
        Mock Get-LightSample -ModuleName PortExhaustion {
            [pscustomobject]@{ Pools = @([pscustomobject]@{ protocol = 'tcp'; usedPercent = $script:percent }, [pscustomobject]@{ protocol = 'udp'; usedPercent = $null }); TopOwner = $null; Problem = $null }
        }
        Mock Get-EngineFault -ModuleName PortExhaustion { }
    }

    It 'begins with a task, and goes on step by step' {
        $trace = Start-PortTrace -Path (& $path) -Until Event, Percent
        $trace.State, $trace.Owner, $trace.Percent | Should -Be 'Recording', 'NT AUTHORITY\SYSTEM', 90
        $trace.Until | Should -Be 'Event', 'Percent'
        ($trace.Deadline - $trace.Started).TotalMinutes | Should -Be 10080
        Get-TaskName | Should -Be 'PortExhaustion Trace'
        Invoke-Task
        (Get-PortTrace).State | Should -Be 'Recording'
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It '<Why> ends it by <Trigger>, and the task is gone' -ForEach @(
        @{ Why = 'an event'; Trigger = 'Event'; Do = { $script:events = @([pscustomobject]@{ Id = 4231; TimeCreated = [datetime]::UtcNow }) }; Detail = 'event 4231*' }
        @{ Why = 'the share, just reached'; Trigger = 'Percent'; Do = { $script:percent = 90 }; Detail = 'tcp 90 % used' }
        @{ Why = 'the time'; Trigger = 'Duration'; Do = { InModuleScope PortExhaustion { $s = Read-TraceState; $s.deadline = '2020-01-01T00:00:00.0000000Z'; Write-TraceState $s } }; Detail = '60 minutes' }
        @{ Why = 'a restart'; Trigger = 'Vanished'; Do = { Set-FakeWindows @{ sessions = @(); boot = '2999-01-01T00:00:00Z' } }; Detail = '*started again*'; Fault = 'TraceVanished' }
        @{ Why = 'somebody by hand'; Trigger = 'Vanished'; Do = { Set-FakeWindows @{ sessions = @() } }; Detail = '*somebody else*'; Fault = 'TraceVanished' }
    ) {
        $null = Start-PortTrace -Path (& $path) -Until Event, Percent, Duration
        & $Do
        Invoke-Task
        $ended = Get-PortTrace
        $ended.State, $ended.EndedBy | Should -Be 'Stopped', $Trigger
        $ended.EndedDetail | Should -BeLike $Detail
        Get-TaskName | Should -BeNullOrEmpty
        (Get-FakeWindows).sessions | Should -BeNullOrEmpty
        if ($Trigger -ne 'Vanished') { $ended.StopSnapshot | Should -BeLike '*x.stop.zip' }
        $fault = Get-FaultId { Stop-PortTrace }
        $expected = @()
        if ($_.ContainsKey('Fault')) { $expected = @($_.Fault) }
        $fault | Should -Be $expected
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'is not ended by what is <Why>' -ForEach @(
        @{ Why = 'just below the share'; Do = { $script:percent = 89.99 } }
        @{ Why = 'an unknown share'; Do = { $script:percent = $null } }
    ) {
        $null = Start-PortTrace -Path (& $path) -Percent 90
        & $Do
        Invoke-Task
        (Get-PortTrace).State | Should -Be 'Recording'
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'is stopped by a person through its task, also where somebody deleted that' {
        $null = Start-PortTrace -Path (& $path) -Minutes 5
        Set-FakeWindows @{ tasks = @{} }
        $stopped = Stop-PortTrace
        $stopped.State, $stopped.EndedBy | Should -Be 'Stopped', 'Request'
        Get-TaskName | Should -BeNullOrEmpty
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'whose netsh fails is that error, with nothing left' {
        Set-FakeWindows @{ faults = @{ startDenied = $true } }
        Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } | Should -Be 'TraceStartFailed'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'that schtasks refuses is ScheduledTaskFailed, with nothing left' {
        Set-FakeWindows @{ faults = @{ taskcreate = $true } }
        Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } | Should -Be 'ScheduledTaskFailed'
        $told[0].Exception.Message | Should -BeLike '*Access is denied*'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'whose task never runs is ScheduledTaskNoAnswer, with nothing left' {
        Mock Start-SystemTask -ModuleName PortExhaustion { [pscustomobject]@{ Succeeded = $true; Reason = $null } }
        Mock Wait-TracePhase -ModuleName PortExhaustion { }
        Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } | Should -Be 'ScheduledTaskNoAnswer'
        Get-Leftover | Should -BeNullOrEmpty
        Invoke-Task
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'that has begun in time may take longer' {
        Mock Start-SystemTask -ModuleName PortExhaustion { [pscustomobject]@{ Succeeded = $true; Reason = $null } }
        InModuleScope PortExhaustion -Parameters @{ Path = (& $path) } {
            $state = New-TraceState -Path $Path -Until Event -Minutes 5 -Task (Get-TraceTaskName)
            $state.phase = 'starting'
            Write-TraceState -State $state
            $shell = [powershell]::Create()
            $script = 'param($File) [Threading.Thread]::Sleep(2500); [IO.File]::WriteAllText($File, [IO.File]::ReadAllText($File).Replace("starting", "recording"))'
            $null = $shell.AddScript($script).AddArgument((Get-TraceStatePath)).BeginInvoke()
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            Start-ScheduledTrace -State $state -TimeoutSeconds 1 | Should -BeNullOrEmpty
            $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 2
            $shell.Dispose()
        }
    }

    It 'has a task that ends some day, also where a step hangs' {
        $null = Start-PortTrace -Path (& $path) -Minutes 60
        $task = ([xml] (Get-FakeWindows).tasks.'PortExhaustion Trace'.xml).Task
        $task.Settings.ExecutionTimeLimit | Should -Be 'PT1500M'
        $left = [datetime] $task.Triggers.TimeTrigger.EndBoundary - [datetime]::Now
        $left.TotalHours | Should -BeGreaterThan 24
        $left.TotalHours | Should -BeLessThan 26
        $task.Triggers.SelectNodes('*').Count | Should -Be 2
        Stop-PortTrace -Discard
    }

    It 'that schtasks does not run is ScheduledTaskFailed, with nothing left' {
        Mock Start-SystemTask -ModuleName PortExhaustion { [pscustomobject]@{ Succeeded = $false; Reason = 'disabled' } }
        Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } | Should -Be 'ScheduledTaskFailed'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'that neither began well nor can be taken back is kept for its task, which ends it' {
        # Ten minutes of waiting for the stop are over at once.
        Mock Wait-TracePhase -ModuleName PortExhaustion { if ($Activity -like 'Starting*') { InModuleScope PortExhaustion { Read-TraceState } } }
        Set-FakeWindows @{ faults = @{ startExit = 1; stopFails = $true } }
        $fault = Get-FaultId { Start-PortTrace -Path (& $path) -Until Event -WarningVariable script:warned -WarningAction SilentlyContinue }
        $fault | Should -Be 'TraceStartFailed'
        "$warned" | Should -BeLike '*not stopped yet; its task goes on trying*'
        Get-TaskName | Should -Be 'PortExhaustion Trace'
        Set-FakeWindows @{ faults = @{} }
        Invoke-Task
        (Get-FakeWindows).sessions | Should -BeNullOrEmpty
        Get-TaskName | Should -BeNullOrEmpty
        (Get-PortTrace).EndedBy | Should -Be 'Request'
    }

    It 'whose session vanishes while its task begins is an error, not a recording' {
        Mock Start-SystemTask -ModuleName PortExhaustion { Invoke-Task; Set-FakeWindows @{ sessions = @() }; Invoke-Task; [pscustomobject]@{ Succeeded = $true; Reason = $null } }
        Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } | Should -Be 'TraceStartFailed'
        $told[0].Exception.Message | Should -BeLike '*runs no more*'
        Get-TaskName | Should -BeNullOrEmpty
        Get-PortTrace | Should -BeNullOrEmpty
    }

    It 'that another session ends, and another takes its place, is not taken for it' {
        $script:isFirst = $true
        Mock Start-SystemTask -ModuleName PortExhaustion {
            if ($script:isFirst) {
                $script:isFirst = $false
                InModuleScope PortExhaustion {
                    Remove-TraceState
                    $other = New-TraceState -Path 'C:\other.etl'
                    $other.phase = 'recording'
                    Write-TraceState -State $other
                }
            }
            [pscustomobject]@{ Succeeded = $true; Reason = $null }
        }
        Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } | Should -Be 'TraceStartFailed'
        InModuleScope PortExhaustion { (Read-TraceState).path } | Should -Be 'C:\other.etl'
    }

    It 'whose state cannot be written is TraceStateNotWritten when it is stopped, and goes on' {
        $null = Start-PortTrace -Path (& $path) -Until Event
        $null = [System.IO.Directory]::CreateDirectory("$env:FAKE_WINDOWS_FOLDER/data/trace.json.new")
        Get-FaultId { Stop-PortTrace } | Should -Be 'TraceStateNotWritten'
        (Get-PortTrace).State | Should -Be 'Recording'
        [System.IO.Directory]::Delete("$env:FAKE_WINDOWS_FOLDER/data/trace.json.new")
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'says that nothing ends it where its task is gone' {
        $null = Start-PortTrace -Path (& $path) -Minutes 5
        (Get-PortTrace).Problems | Should -BeNullOrEmpty
        Set-FakeWindows @{ tasks = @{} }
        (Get-PortTrace).Problems | Should -BeLike "The task 'PortExhaustion Trace' is gone*"
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'keeps a problem once, and goes on' {
        Mock Invoke-EventQuery -ModuleName PortExhaustion { [pscustomobject]@{ Status = 'failed'; Reason = 'no log'; Rows = @() } }
        $null = Start-PortTrace -Path (& $path) -Until Event
        Invoke-Task
        Invoke-Task
        (Get-PortTrace).Problems | Should -Be 'no log'
        Stop-PortTrace -Discard
    }

    It 'that netsh cannot stop goes on, and is ended by the next step' {
        $null = Start-PortTrace -Path (& $path) -Percent 50
        $script:percent = 60
        Set-FakeWindows @{ faults = @{ stopFails = $true } }
        Invoke-Task
        (Get-PortTrace).State | Should -Be 'Recording'
        Get-TaskName | Should -Not -BeNullOrEmpty
        Set-FakeWindows @{ faults = @{} }
        Invoke-Task
        (Get-PortTrace).EndedBy | Should -Be 'Percent'
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
    }
}

Describe 'State and task' {
    It 'are changed under the lock only: <What>' -ForEach @(
        @{ What = 'a recording of this user'; Do = { $null = Start-PortTrace -Path (& $path); Stop-PortTrace -Discard } }
        @{ What = 'one that does not start'; Do = { Set-FakeWindows @{ faults = @{ startDenied = $true } }; Get-FaultId { Start-PortTrace -Path (& $path) } } }
        @{ What = 'one of SYSTEM'; Do = { $null = Start-PortTrace -Path (& $path) -Until Event; Stop-PortTrace -Discard } }
        @{ What = 'one of SYSTEM that does not start'; Do = { Set-FakeWindows @{ faults = @{ startDenied = $true } }; Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } } }
        @{ What = 'one whose task does not come to be'; Do = { Set-FakeWindows @{ faults = @{ taskcreate = $true } }; Get-FaultId { Start-PortTrace -Path (& $path) -Until Event } } }
        @{ What = 'one that vanished'; Do = { $null = Start-PortTrace -Path (& $path) -Until Event; Set-FakeWindows @{ sessions = @() }; Get-FaultId { Stop-PortTrace } } }
        @{ What = 'one that its task has ended'; Do = { $null = Start-PortTrace -Path (& $path) -Minutes 1; Set-FakeWindows @{ sessions = @() }; Invoke-Task; Get-FaultId { Stop-PortTrace } } }
    ) {
        Reset-FakeWindows
        Import-RecordModule
        Mock Start-SystemTask -ModuleName PortExhaustion { Invoke-Task; [pscustomobject]@{ Succeeded = $true; Reason = $null } }
        # The functions themselves, with a look at the lock before each.
        $names = 'Write-TraceState', 'Remove-TraceState', 'Register-TraceTask', 'Unregister-SystemTask'
        $script:seen = InModuleScope PortExhaustion -Parameters @{ Names = $names } {
            $script:Seen = New-Object System.Collections.ArrayList
            $script:Real = @{}
            foreach ($name in $Names) {
                $script:Real[$name] = (Get-Item -Path "function:$name").ScriptBlock
                $body = {
                    $free = Open-LockFile -Path ([System.IO.Path]::Combine((Get-DataFolder), 'trace.lock')) -TimeoutSeconds 0
                    $null = $script:Seen.Add("NAME: $(if ($null -eq $free) { 'held' } else { 'free' })")
                    if ($null -ne $free) { $free.Dispose() }
                    & $script:Real['NAME'] @args
                }.ToString().Replace('NAME', $name)
                Set-Item -Path "function:script:$name" -Value ([scriptblock]::Create($body))
            }
            , $script:Seen
        }
        try { $null = & $Do } finally { Import-RecordModule }
        $seen.Count | Should -BeGreaterThan 1
        $seen -like '*free' | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        # As Task Scheduler would: a PowerShell of its own on the same fake Windows.
        function New-Runner {
            $file = "$env:FAKE_WINDOWS_FOLDER/step.ps1"
            $script = "`$env:OS = 'Windows_NT'`nImport-Module '$Manifest'`n& {$RecordInstall} @'`n$RecordFakes`n'@`n& (Get-Module PortExhaustion) { Step-PortTrace }`n"
            [System.IO.File]::WriteAllText($file, $script)
            $start = @([System.Environment]::ProcessPath)
            if ((Split-Path -Path $start[0] -Leaf) -eq 'dotnet') { $start += [System.Environment]::GetCommandLineArgs()[0] }
            return $start + '-NoProfile', '-NonInteractive', '-File', $file
        }
    }

    It 'while SYSTEM stops the recording does not keep it from that' {
        Reset-FakeWindows @{ user = @{ sid = 'S-1-5-18'; name = 'NT AUTHORITY\SYSTEM' } }
        Set-FakeWindows @{ runner = @(New-Runner) }
        $null = Start-PortTrace -Path (& $path) -Minutes 5
        Set-FakeWindows @{ faults = @{ stopDelayMs = 3000 } }
        $shell = New-RecordShell
        $null = $shell.AddScript('Stop-PortTrace').BeginInvoke()
        while (-not (@(Get-FakeCall) -match 'trace stop')) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        (Get-PortTrace).State | Should -Be 'Stopping'
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while ((Get-TaskName) -and $clock.Elapsed.TotalSeconds -lt 30) { Start-Sleep -Milliseconds 100 }
        Get-TaskName | Should -BeNullOrEmpty
        $ended = Get-PortTrace
        $ended.State, $ended.EndedBy | Should -Be 'Stopped', 'Request'
        Stop-PortTrace -Discard
        Get-Leftover | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'while <Moment> leaves neither task, session, state nor file' -ForEach @(
        @{ Moment = 'the task is registered'; Faults = @{ taskDelayMs = @{ create = 2000 } }; Sign = { @(Get-FakeCall schtasks.exe) -like '/Create*' } }
        @{ Moment = 'the task is run'; Faults = @{ taskDelayMs = @{ run = 2000 } }; Sign = { @(Get-FakeCall schtasks.exe) -like '/Run*' } }
        @{ Moment = 'a task that never runs is waited for'; Faults = @{}; Runs = $false; Sign = { if (@(Get-FakeCall schtasks.exe) -like '/Run*') { Start-Sleep -Seconds 1; $true } } }
        @{ Moment = 'netsh starts as SYSTEM'; Faults = @{ startDelayMs = 2000 }; Sign = { @(Get-FakeCall) -like 'trace start*' } }
        @{ Moment = 'the first snapshot is taken'; Faults = @{ snapshotDelayMs = 3000 }; Sign = { (Get-FakeWindows).sessions } }
    ) {
        $system = @{ sid = 'S-1-5-18'; name = 'NT AUTHORITY\SYSTEM' }
        Reset-FakeWindows @{ user = $system; faults = $Faults }
        if (-not $_.ContainsKey('Runs')) { Set-FakeWindows @{ runner = @(New-Runner) } }
        $shell = New-RecordShell
        $null = $shell.AddScript('param($Path) Start-PortTrace -Path $Path -Minutes 5').AddArgument((& $path)).BeginInvoke()
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Sign)) {
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60 -Because 'it should have come so far'
            Start-Sleep -Milliseconds 50
        }
        $shell.Stop()
        Get-Leftover | Should -BeNullOrEmpty
        # A run that was on its way finds nothing to do.
        Invoke-Task
        Start-Sleep -Seconds 2
        Get-Leftover | Should -BeNullOrEmpty
        $shell.Dispose()
    }
}

Describe 'The task' {
    It 'of a step without any state removes itself' {
        Reset-FakeWindows @{ tasks = @{ 'PortExhaustion Trace' = @{ xml = ''; runs = 0 } } }
        Invoke-Task
        Get-TaskName | Should -BeNullOrEmpty
    }

    It 'is XML of a hidden task of SYSTEM with its triggers, in the words of the schema' {
        Reset-FakeWindows
        $text = InModuleScope PortExhaustion {
            New-SystemTaskXml -Script 'C:\a & b\Step.ps1' -IntervalMinutes 5 -EventFilter (Get-PortEventFilter -Since ([datetime]::Now)) -End ([datetime]::SpecifyKind('2026-11-26T03:00:00', 'Utc')) -Queue
        }
        $task = ([xml] $text).Task
        $task.version | Should -Be '1.2'
        $task.Principals.Principal.UserId, $task.Settings.Hidden, $task.Settings.MultipleInstancesPolicy | Should -Be 'S-1-5-18', 'true', 'Queue'
        $task.Triggers.TimeTrigger.Repetition.Interval | Should -Be 'PT5M'
        $task.Triggers.BootTrigger | Should -Not -BeNullOrEmpty
        foreach ($trigger in $task.Triggers.ChildNodes) { $trigger.EndBoundary | Should -Match '^2026-11-2\dT\d\d:00:00$' }
        ([xml] $task.Triggers.EventTrigger.Subscription).QueryList.Query.Select.InnerText | Should -Be "*[System[Provider[@Name='Tcpip'] and (EventID=4227 or EventID=4231 or EventID=4266)]]"
        $task.Settings.DeleteExpiredTaskAfter | Should -Be 'PT0S'
        $task.Actions.Exec.Arguments | Should -BeLike '*-File "C:\a & b\Step.ps1"'
    }

    It 'without an end never expires, and without events has no trigger for them' {
        Reset-FakeWindows
        $task = ([xml] (InModuleScope PortExhaustion { New-SystemTaskXml -Script 'C:\x.ps1' -IntervalMinutes 1 -NoBootTrigger })).Task
        $task.Triggers.ChildNodes.Count | Should -Be 1
        $task.InnerXml | Should -Not -Match 'EndBoundary|DeleteExpired'
    }

    It 'begins long ago, whatever the clock says, and is ended where it hangs for <Limit> minutes: <Says>' -ForEach @(@{ Limit = 0; Says = 'PT0S' }, @{ Limit = 30; Says = 'PT30M' }) {
        Reset-FakeWindows
        $task = ([xml] (InModuleScope PortExhaustion -Parameters @{ Limit = $Limit } { New-SystemTaskXml -Script 'C:\x.ps1' -IntervalMinutes 1 -LimitMinutes $Limit })).Task
        [datetime] $task.Triggers.TimeTrigger.StartBoundary | Should -BeLessThan ([datetime] '2005-01-01')
        $task.Settings.ExecutionTimeLimit | Should -Be $Says
    }

    It 'is a file that is gone after schtasks has read it in UTF-16' {
        Reset-FakeWindows
        InModuleScope PortExhaustion { (Register-SystemTask -Name 'PortExhaustion Trace' -Xml "<a>$([char] 0xFC)</a>").Succeeded } | Should -BeTrue
        (Get-FakeWindows).tasks.'PortExhaustion Trace'.xml | Should -Be "<a>$([char] 0xFC)</a>"
        [System.IO.Directory]::GetFiles("$env:FAKE_WINDOWS_FOLDER/data").Count | Should -Be 0
    }
}
