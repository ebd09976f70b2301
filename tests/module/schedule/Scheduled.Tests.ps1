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
    function Get-FaultId {
        param([scriptblock] $Command)
        # As a person has it; the run of all tests stops at errors.
        $before = $global:ErrorActionPreference
        $global:ErrorActionPreference = 'Continue'
        try { $all = @(& $Command 2>&1) } finally { $global:ErrorActionPreference = $before }
        $script:told = @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        return @($told | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
    }
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
        $fault = InModuleScope PortExhaustion -Parameters @{ Path = (& $path) } {
            $state = New-TraceState -Path $Path -Until Event -Minutes 5 -Task (Get-TraceTaskName)
            Write-TraceState -State $state
            Start-ScheduledTrace -State $state -TimeoutSeconds 1
        }
        $fault.code | Should -Be 'task-no-answer'
        InModuleScope PortExhaustion { (Get-FaultTable)['task-no-answer'].Id } | Should -Be 'ScheduledTaskNoAnswer'
        Get-Leftover | Should -BeNullOrEmpty
        Invoke-Task
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

Describe 'The task' {
    It 'of a step without any state removes itself' {
        Reset-FakeWindows @{ tasks = @{ 'PortExhaustion Trace' = @{ xml = ''; runs = 0 } } }
        Invoke-Task
        Get-TaskName | Should -BeNullOrEmpty
    }

    It 'is XML of a hidden task of SYSTEM with its triggers, in the words of the schema' {
        Reset-FakeWindows
        $text = InModuleScope PortExhaustion {
            New-SystemTaskXml -Script 'C:\a & b\Step.ps1' -IntervalMinutes 5 -EventId 4227, 4231 -End ([datetime]::SpecifyKind('2026-11-26T03:00:00', 'Utc')) -Queue
        }
        $task = ([xml] $text).Task
        $task.version | Should -Be '1.2'
        $task.Principals.Principal.UserId, $task.Settings.Hidden, $task.Settings.MultipleInstancesPolicy | Should -Be 'S-1-5-18', 'true', 'Queue'
        $task.Triggers.TimeTrigger.Repetition.Interval | Should -Be 'PT5M'
        $task.Triggers.BootTrigger | Should -Not -BeNullOrEmpty
        foreach ($trigger in $task.Triggers.ChildNodes) { $trigger.EndBoundary | Should -Match '^2026-11-2\dT\d\d:00:00$' }
        ([xml] $task.Triggers.EventTrigger.Subscription).QueryList.Query.Select.InnerText | Should -Be "*[System[Provider[@Name='Tcpip'] and (EventID=4227 or EventID=4231)]]"
        $task.Settings.DeleteExpiredTaskAfter | Should -Be 'PT0S'
        $task.Actions.Exec.Arguments | Should -BeLike '*-File "C:\a & b\Step.ps1"'
    }

    It 'without an end never expires, and without events has no trigger for them' {
        Reset-FakeWindows
        $task = ([xml] (InModuleScope PortExhaustion { New-SystemTaskXml -Script 'C:\x.ps1' -IntervalMinutes 1 -NoBootTrigger })).Task
        $task.Triggers.ChildNodes.Count | Should -Be 1
        $task.InnerXml | Should -Not -Match 'EndBoundary|DeleteExpired'
    }

    It 'is a file that is gone after schtasks has read it in UTF-16' {
        Reset-FakeWindows
        InModuleScope PortExhaustion { (Register-SystemTask -Name 'PortExhaustion Trace' -Xml "<a>$([char] 0xFC)</a>").Succeeded } | Should -BeTrue
        (Get-FakeWindows).tasks.'PortExhaustion Trace'.xml | Should -Be "<a>$([char] 0xFC)</a>"
        [System.IO.Directory]::GetFiles("$env:FAKE_WINDOWS_FOLDER/data").Count | Should -Be 0
    }
}
