# Knows how the module is loaded on a Windows that is not there: netsh.exe, schtasks.exe and eventcreate.exe are one fake program that
# keeps real state in a JSON file, and the small wrappers around Windows read the same file. Dot-source it in BeforeAll, then call
# Import-RecordModule once and Reset-FakeWindows before each test.
. (Join-Path $PSScriptRoot '../Setup.ps1')

# What stands in for the wrappers, as a text: it must also work in a PowerShell of its own, where no mock of Pester does.
$RecordFakes = @'
function Get-FakeState { ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($env:FAKE_WINDOWS_STATE)) }
function Get-DataFolder { [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'data') }
function Get-SystemFolder { [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'system') }
function Test-PortCollector { }
function Import-CachedNative { }
function Test-Elevation { (Get-FakeState).elevated }
function Get-HostBuild { (Get-FakeState).build }
function Get-BootTime { ([datetime] (Get-FakeState).boot).ToUniversalTime() }
function Get-SessionUser { $user = (Get-FakeState).user; [pscustomobject]@{ Sid = $user.sid; Name = $user.name } }
function Test-ModuleSafety { }
function Test-FolderSafety { param([string] $Path) }
function Get-DriveFact { param([string] $Path) $drive = (Get-FakeState).drive; [pscustomobject]@{ Type = $drive.type; FreeBytes = [long] $drive.free } }
function Get-EtwSession {
    $fake = Get-FakeState
    $rows = @($fake.sessions | ForEach-Object { [pscustomobject]@{ Name = $_.name; LogFile = $_.logFile; LogFileMode = 2; MaximumFileSize = $_.maximumFileSize } })
    $isUnknown = $fake.faults.PSObject.Properties['sessionsUnknown'] -or ($fake.faults.PSObject.Properties['runningUnknown'] -and $rows.Count -gt 0)
    if ($isUnknown) {
        return [pscustomobject]@{ Status = 'refused'; Reason = 'access is denied'; Rows = @() }
    }
    [pscustomobject]@{ Status = 'read'; Reason = $null; Rows = $rows }
}
function Save-PortCapture {
    param([string] $Path, [string[]] $Part, [int] $TimeoutSeconds, [int] $EventHours, [string] $Tool)
    $faults = (Get-FakeState).faults
    if ($faults.PSObject.Properties['snapshotDelayMs']) { Start-Sleep -Milliseconds $faults.snapshotDelayMs }
    if ($faults.PSObject.Properties['snapshotFails']) { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
    [System.IO.File]::WriteAllText($Path, 'snapshot')
    [pscustomobject]@{ Path = $Path; Format = 'zip'; Machine = $null; Artifacts = @() }
}
'@

# Puts the fakes into the module that a PowerShell has loaded.
$RecordInstall = {
    param($Fakes)
    & (Get-Module PortExhaustion) {
        . ([scriptblock]::Create($args[0]))
        foreach ($name in [regex]::Matches($args[0], '(?m)^function (\S+)')) {
            Set-Item -Path "function:script:$($name.Groups[1].Value)" -Value (Get-Item -Path "function:$($name.Groups[1].Value)").ScriptBlock
        }
    } $Fakes
}

function Import-RecordModule {
    Import-Module $Manifest -Force -Global
    & $RecordInstall $RecordFakes
}

# A PowerShell of its own on the same fake Windows: for tests that stop a pipeline.
function New-RecordShell {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("param(`$Manifest, `$Fakes) Import-Module `$Manifest; & {$RecordInstall} `$Fakes").AddArgument($Manifest).AddArgument($RecordFakes).Invoke()
    $shell.Commands.Clear()
    return $shell
}

# A Windows on which nothing runs, in a folder of its own. -With overwrites what it is.
function Reset-FakeWindows {
    param([hashtable] $With = @{})
    $folder = [System.IO.Path]::Combine($TestDrive, [guid]::NewGuid().ToString('n'))
    $env:FAKE_WINDOWS_FOLDER = $folder
    $env:FAKE_WINDOWS_STATE = [System.IO.Path]::Combine($folder, 'windows.json')
    foreach ($name in 'system', 'data', 'traces') { $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($folder, $name)) }
    $program = [System.IO.Path]::Combine($PSScriptRoot, 'FakeTools', 'fake-windows.mjs')
    foreach ($tool in 'netsh.exe', 'schtasks.exe', 'eventcreate.exe') {
        $file = [System.IO.Path]::Combine($folder, 'system', $tool)
        [System.IO.File]::WriteAllText($file, "#!/bin/sh`nexec node '$program' $tool `"`$@`"`n")
        [System.IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, UserExecute')
    }
    $windows = @{
        user = @{ sid = 'S-1-5-21-1-2-3-1001'; name = 'WEB01\anna' }; elevated = $true; build = 19045; boot = '2020-01-01T00:00:00Z'; language = 'en'
        sessions = @(); tasks = @{}; events = @(); calls = @(); faults = @{}; drive = @{ type = 'Fixed'; free = 1TB }; stops = 0; runner = @()
    }
    foreach ($key in $With.Keys) { $windows[$key] = $With[$key] }
    [System.IO.File]::WriteAllText($env:FAKE_WINDOWS_STATE, (ConvertTo-Json -InputObject $windows -Depth 8))
}

function Get-FakeWindows {
    return ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($env:FAKE_WINDOWS_STATE))
}

# Changes parts of the fake Windows: Set-FakeWindows @{ faults = @{ stopFails = $true } }
function Set-FakeWindows {
    param([hashtable] $With)
    $windows = Get-FakeWindows
    foreach ($key in $With.Keys) { $windows.$key = $With[$key] }
    [System.IO.File]::WriteAllText($env:FAKE_WINDOWS_STATE, (ConvertTo-Json -InputObject $windows -Depth 8))
}

# The calls of a tool, each as one text.
function Get-FakeCall {
    param([string] $Tool = 'netsh.exe')
    @((Get-FakeWindows).calls | Where-Object tool -EQ $Tool | ForEach-Object { $_.arguments -join ' ' })
}

function Get-FakePath {
    param([string] $Name)
    return [System.IO.Path]::Combine($env:FAKE_WINDOWS_FOLDER, 'traces', $Name)
}

# What a recording may leave: sessions, files beside the trace, state. Nothing where all is clean.
function Get-Leftover {
    @((Get-FakeWindows).sessions | Where-Object { $_.user -eq (Get-FakeWindows).user.sid } | ForEach-Object { "session $($_.name)" })
    @([System.IO.Directory]::GetFiles($env:FAKE_WINDOWS_FOLDER, '*', 'AllDirectories') | Where-Object { $_ -match '\.(etl|cab|zip)$|trace\.json' })
    @((Get-FakeWindows).tasks.PSObject.Properties | ForEach-Object { "task $($_.Name)" })
}

# The errors that a person sees of a command, by their ids; what it gave beside them is in $given.
function Get-FaultId {
    param([scriptblock] $Command)
    # As a person has it; the run of all tests stops at errors.
    $before = $global:ErrorActionPreference
    $global:ErrorActionPreference = 'Continue'
    try { $all = @(& $Command 2>&1) } finally { $global:ErrorActionPreference = $before }
    $script:given = @($all | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
    $script:told = @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    return @($told | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
}

# Runs something while another process starts or stops the recording.
function Use-HeldLock {
    param([scriptblock] $Command)
    $lock = [System.IO.File]::Open("$env:FAKE_WINDOWS_FOLDER/data/trace.lock", 'OpenOrCreate', 'ReadWrite', 'None')
    try { & $Command } finally { $lock.Dispose() }
}

# Sessions, whosever they are.
function Get-SessionName { @((Get-FakeWindows).sessions | ForEach-Object { $_.name }) }
