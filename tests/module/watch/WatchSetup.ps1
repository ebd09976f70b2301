# Knows how a watch is tried on the fake Windows of ../record: what it asks of the machine, a light sample and events, is in variables of
# the module that tests set. Dot-source it in BeforeAll, then call Import-WatchModule once and Reset-Watch before each test.
. (Join-Path $PSScriptRoot '../record/RecordSetup.ps1')

# Time stands where the test puts it: a watch is about hours.
$WatchFakes = @'
function Get-LightSample { if ($script:FakeSample -is [string]) { throw $script:FakeSample }; $script:FakeSample }
function Get-WatchTime { $script:FakeTime }
function Get-WatchEvent {
    param([datetime] $After, [datetime] $Until)
    [pscustomobject]@{ Reason = $null; Rows = @($script:FakeEvents | Where-Object { $_.Time -gt $After -and $_.Time -le $Until }) }
}
function Get-UnsafeReason { param([string] $Path) }
function Get-EventSource { $script:FakeSource }
function Remove-EventSource { if ($script:FakeSource -is [string]) { throw $script:FakeSource }; $script:FakeSource = $null }
function Start-ScheduledTrace { param([psobject] $State) $State.phase = 'recording'; Write-TraceState -State $State; [System.IO.File]::WriteAllText($State.path, 'recording') }
'@

function Import-WatchModule {
    Import-RecordModule
    & $RecordInstall $WatchFakes
}

# A calm machine at a fixed time.
function Reset-Watch {
    Reset-FakeWindows
    InModuleScope PortExhaustion {
        $script:FakeTime = [datetime]::SpecifyKind('2026-11-25T03:00:00', 'Utc')
        $script:FakeEvents = @()
        $script:FakeSource = $null
    }
    Set-Sample 10
}

function New-Sample {
    param([object] $Percent, [string] $Name = 'sailor.exe')
    $pools = foreach ($protocol in 'tcp', 'udp') {
        $used = if ($protocol -eq 'tcp') { $Percent } else { 1 }
        [pscustomobject]@{ protocol = $protocol; family = 'both'; used = [int] (16384 * $used / 100); capacity = 16384; usedPercent = $used; level = 'Healthy' }
    }
    return [pscustomobject]@{ Pools = @($pools); TopOwner = [pscustomobject]@{ processId = 5868; processName = $Name; ports = 900 }; Problem = $null }
}

function Set-Sample {
    param([object] $Percent)
    $sample = if ($Percent -is [string]) { $Percent } else { New-Sample $Percent }
    InModuleScope PortExhaustion -Parameters @{ Sample = $sample } { $script:FakeSample = $Sample }
}

function Add-Minute {
    param([double] $Minutes)
    InModuleScope PortExhaustion -Parameters @{ Minutes = $Minutes } { $script:FakeTime = $script:FakeTime.AddMinutes($Minutes) }
}

# An event a second ago.
function Add-Event {
    param([int] $Id)
    InModuleScope PortExhaustion -Parameters @{ Id = $Id } { $script:FakeEvents += [pscustomobject]@{ Id = $Id; Time = $script:FakeTime.AddSeconds(-1) } }
}

function Invoke-Step {
    InModuleScope PortExhaustion { Step-PortWatch }
}

# Files below the data folder, by their names.
function Get-WatchFile {
    $data = [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data')
    if ([System.IO.Directory]::Exists($data)) { [System.IO.Directory]::GetFiles($data, '*', 'AllDirectories') | Split-Path -Leaf | Sort-Object }
}

# The ids of the errors that a command writes; what it gives is in $given.
function Get-FaultId {
    param([scriptblock] $Command)
    # Functions of a module see the preference of the global scope, which whoever runs Pester may have set.
    $before = $global:ErrorActionPreference
    try {
        $global:ErrorActionPreference = 'Continue'
        # As a person has it; the run of all tests stops at errors.
        $before = $global:ErrorActionPreference
        $global:ErrorActionPreference = 'Continue'
        try { $all = @(& $Command 2>&1) } finally { $global:ErrorActionPreference = $before }
    } finally {
        $global:ErrorActionPreference = $before
    }
    $script:given = @($all | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
    $script:told = @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    return @($told | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
}

# The folder of a watch that was not told another one; events of the Application log; tasks; the note of the last row.
function Get-WatchFolder { [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data', 'Watch') }
function Get-Warning { @((Get-FakeWindows).events) }
function Get-Task { (Get-FakeWindows).tasks.PSObject.Properties | ForEach-Object { $_.Name } }
function Get-Note { @((Get-PortHistory -Last 1).Note) }
