# Knows how a recording that a task owns begins and ends: each way leaves no session and no task, and says what ended it. The steps are
# those that Task Scheduler would run, on the fake Windows of ../record, whose user is SYSTEM.
BeforeAll {
    . (Join-Path $PSScriptRoot '../record/RecordSetup.ps1')
    Import-RecordModule
    $Fakes = @'
function Invoke-EventQuery { param([hashtable] $Filter) [pscustomobject]@{ Status = 'read'; Reason = $null; Rows = @($script:FakeEvents | Where-Object { $_.TimeCreated -ge $Filter.StartTime }) } }
function Get-LightSample { [pscustomobject]@{ Pools = @([pscustomobject]@{ protocol = 'tcp'; usedPercent = $script:FakePercent }); TopOwner = $null; Problem = $null } }
'@
    & $RecordInstall $Fakes

    # A recording that its task has begun.
    function Start-Fake {
        param([string[]] $Until, [int] $Minutes = 10)
        InModuleScope PortExhaustion -Parameters @{ Path = (Get-FakePath 'a.etl'); Until = $Until; Minutes = $Minutes } {
            Write-TraceState -State (New-TraceState -Path $Path -Until $Until -Percent 90 -Minutes $Minutes -Task (Get-TraceTaskName))
            $null = Register-TraceTask -State (Read-TraceState)
            Step-PortTrace
        }
    }
    function Invoke-Step { InModuleScope PortExhaustion { Step-PortTrace } }
    function Get-State { InModuleScope PortExhaustion { Read-TraceState } }
    function Edit-State {
        param([hashtable] $With)
        InModuleScope PortExhaustion -Parameters @{ With = $With } {
            $state = Read-TraceState
            foreach ($key in $With.Keys) { $state.$key = $With[$key] }
            Write-TraceState -State $state
        }
    }
    function Get-Task { @((Get-FakeWindows).tasks.PSObject.Properties | ForEach-Object { $_.Name }) }
    function Assert-Ended {
        param([string] $Trigger)
        $state = Get-State
        $state.phase | Should -BeExactly 'stopped'
        $state.end.trigger | Should -BeExactly $Trigger
        @((Get-FakeWindows).sessions).Count | Should -Be 0
        Get-Task | Should -BeNullOrEmpty
    }
}

Describe 'A step' {
    BeforeEach {
        Reset-FakeWindows @{ user = @{ sid = 'S-1-5-18'; name = 'SYSTEM' } }
        InModuleScope PortExhaustion { $script:FakeEvents = @(); $script:FakePercent = 10.0 }
    }

    It 'begins what is requested and keeps the task' {
        Start-Fake Duration
        (Get-State).phase | Should -BeExactly 'recording'
        Get-Task | Should -BeExactly 'PortExhaustion Trace'
        Invoke-Step
        (Get-State).phase | Should -BeExactly 'recording'
    }

    It 'says why it could not begin, and removes the task' {
        Set-FakeWindows @{ faults = @{ startDenied = $true } }
        Start-Fake Duration
        (Get-State).phase | Should -BeExactly 'failed'
        (Get-State).fault.code | Should -BeExactly 'trace-start-failed'
        Get-Task | Should -BeNullOrEmpty
    }

    It 'ends at the deadline and not before' {
        Start-Fake Duration
        Edit-State @{ deadline = [datetime]::UtcNow.AddMinutes(1).ToString('o') }
        Invoke-Step
        (Get-State).phase | Should -BeExactly 'recording'
        Edit-State @{ deadline = [datetime]::UtcNow.AddMilliseconds(-1).ToString('o') }
        Invoke-Step
        Assert-Ended Duration
    }

    It 'ends at <Percent> % of 90: <Ends>' -ForEach @(
        @{ Percent = 89.9; Ends = $false }
        @{ Percent = 90.0; Ends = $true }
        @{ Percent = 100.0; Ends = $true }
        @{ Percent = $null; Ends = $false }
    ) {
        Start-Fake Percent
        InModuleScope PortExhaustion -Parameters @{ Percent = $Percent } { $script:FakePercent = $Percent }
        Invoke-Step
        if ($Ends) { Assert-Ended Percent } else { (Get-State).phase | Should -BeExactly 'recording' }
    }

    It 'ends at an event since the start, and not at an older one' {
        Start-Fake Event
        InModuleScope PortExhaustion { $script:FakeEvents = @([pscustomobject]@{ Id = 4231; TimeCreated = [datetime]::Now.AddHours(-1) }) }
        Invoke-Step
        (Get-State).phase | Should -BeExactly 'recording'
        InModuleScope PortExhaustion { $script:FakeEvents = @([pscustomobject]@{ Id = 4231; TimeCreated = [datetime]::Now.AddSeconds(5) }) }
        Invoke-Step
        Assert-Ended Event
        (Get-State).end.detail | Should -BeLike 'event 4231*'
    }

    It 'ends by request' {
        Start-Fake Duration
        Edit-State @{ stopRequest = 'keep' }
        Invoke-Step
        Assert-Ended Request
        [System.IO.File]::Exists((Get-FakePath 'a.etl')) | Should -BeTrue
    }

    It 'leaves no file where that is the request' {
        Start-Fake Duration
        Edit-State @{ stopRequest = 'discard' }
        Invoke-Step
        Assert-Ended Request
        [System.IO.File]::Exists((Get-FakePath 'a.etl')) | Should -BeFalse
    }

    It 'sees that the session has gone' {
        Start-Fake Duration
        Set-FakeWindows @{ sessions = @() }
        Invoke-Step
        Assert-Ended Vanished
    }

    It 'goes on where a step died while it stopped, netsh done: <Done>' -ForEach @(@{ Done = $true }, @{ Done = $false }) {
        Start-Fake Percent
        Edit-State @{ phase = 'stopping'; end = @{ trigger = 'Percent'; time = [datetime]::UtcNow.ToString('o'); detail = 'tcp 95 % used' } }
        if ($Done) { Set-FakeWindows @{ sessions = @() } }
        Invoke-Step
        Assert-Ended Percent
    }

    It 'leaves it running where netsh does not stop it, and says so once' {
        Start-Fake Duration
        Edit-State @{ stopRequest = 'keep' }
        Set-FakeWindows @{ faults = @{ stopFails = $true } }
        Invoke-Step
        Invoke-Step
        (Get-State).phase | Should -BeExactly 'recording'
        @((Get-State).problems | Where-Object { $_ -like 'netsh did not stop*' }).Count | Should -Be 1
        Get-Task | Should -BeExactly 'PortExhaustion Trace'
        Set-FakeWindows @{ faults = @{} }
        Invoke-Step
        Assert-Ended Request
    }

    It 'removes the task where there is no state' {
        Start-Fake Duration
        InModuleScope PortExhaustion { Remove-TraceState }
        Invoke-Step
        Get-Task | Should -BeNullOrEmpty
    }
}
