# Knows what a single step makes of a state that another left: at each boundary, and after a step that died half-way or threw. The fake
# Windows is that of ../record, whose user is SYSTEM here; how a person sees it all is in Scheduled.Tests.ps1.
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

    It 'goes on where a step died while it stopped, netsh done: <Done>' -ForEach @(@{ Done = $true }, @{ Done = $false }) {
        Start-Fake Percent
        Edit-State @{ phase = 'stopping'; end = @{ trigger = 'Percent'; time = [datetime]::UtcNow.ToString('o'); detail = 'tcp 95 % used' } }
        if ($Done) { Set-FakeWindows @{ sessions = @() } }
        Invoke-Step
        Assert-Ended Percent
    }

    It 'goes on where a step died while netsh began: <Until>' -ForEach @(
        @{ Until = 'Event'; Minutes = 10; Ends = $false }
        @{ Until = 'Duration'; Minutes = 10; Ends = $false }
        @{ Until = 'Duration'; Minutes = 0; Ends = $true }
    ) {
        Start-Fake $Until -Minutes 10
        Edit-State @{ phase = 'starting'; started = $null; deadline = $null; minutes = $Minutes }
        Invoke-Step
        if ($Ends) { Assert-Ended Duration } else { @((Get-State).problems).Count | Should -Be 0 ; @((Get-FakeWindows).sessions).Count | Should -Be 1 }
    }

    It 'that throws keeps the recording, and says so in the state' {
        Start-Fake Percent
        & $RecordInstall "function Get-LightSample { throw 'The sampler broke.' }"
        try { { Invoke-Step } | Should -Throw 'The sampler broke.' } finally { & $RecordInstall $Fakes }
        (Get-State).phase | Should -BeExactly 'recording'
        (Get-State).problems | Should -Contain 'A step failed: The sampler broke.'
        Get-Task | Should -BeExactly 'PortExhaustion Trace'
    }

    It 'takes no orders from a folder that others can write to, and goes: <What>' -ForEach @(@{ What = 'planted' }, @{ What = 'gone' }) {
        Start-Fake Duration
        $calls = @(Get-FakeCall).Count
        Edit-State @{ phase = 'requested'; commandLine = 'netsh add helper evil.dll' }
        if ($What -eq 'gone') { [System.IO.Directory]::Delete("$env:FAKE_WINDOWS_FOLDER/data", $true) }
        & $RecordInstall "function Test-FolderSafety { param([string] `$Path) 'eve can change it' }"
        try { Invoke-Step } finally { & $RecordInstall $RecordFakes; & $RecordInstall $Fakes }
        @(Get-FakeCall).Count | Should -Be $calls
        Get-Task | Should -BeNullOrEmpty
    }

    It 'that could not take its start back has the next ones stop it' {
        Set-FakeWindows @{ faults = @{ startExit = 1; stopFails = $true } }
        Start-Fake Event
        (Get-State).phase | Should -BeExactly 'recording'
        (Get-State).fault.code | Should -BeExactly 'trace-start-failed'
        Get-Task | Should -BeExactly 'PortExhaustion Trace'
        Set-FakeWindows @{ faults = @{} }
        Invoke-Step
        Assert-Ended Request
        [System.IO.File]::Exists((Get-FakePath 'a.etl')) | Should -BeFalse
    }

    It 'is left to stop what cannot be told to have stopped, in phase <Phase>: <Kept>' -ForEach @(
        @{ Phase = 'recording'; Kept = $true }
        @{ Phase = 'requested'; Kept = $false }
    ) {
        Start-Fake Duration
        Edit-State @{ phase = $Phase }
        Set-FakeWindows @{ faults = @{ sessionsUnknown = $true; statusFails = $true } }
        & $RecordInstall 'function Wait-TracePhase { param($Phase, $TimeoutSeconds, $Activity) }'
        try {
            InModuleScope PortExhaustion { Undo-ScheduledTrace -State (Read-TraceState) -WarningAction SilentlyContinue }
        } finally {
            Import-RecordModule
            & $RecordInstall $Fakes
        }
        $null -ne (Get-State) | Should -Be $Kept
        @(Get-Task).Count | Should -Be ([int] $Kept)
        if ($Kept) { (Get-State).stopRequest | Should -BeExactly 'discard' }
    }
}
