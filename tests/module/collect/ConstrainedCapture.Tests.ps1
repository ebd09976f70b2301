# Knows what is left in Constrained Language Mode, which PowerShell enforces here in a runspace of its own. Scripts take the places of
# netsh, netstat and icacls, below a folder that SystemRoot names; CIM and the event log are functions.
BeforeDiscovery {
    $isWindowsHost = $env:OS -eq 'Windows_NT'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'CollectSetup.ps1')
    $public = Join-Path $PSScriptRoot '../../../module/public/New-PortSnapshot.ps1'
    $source = (@([System.IO.Directory]::GetFiles($CollectFolder, '*.ps1', 'AllDirectories')) + $public | ForEach-Object { [System.IO.File]::ReadAllText($_) }) -join "`n"
    $fakes = @'
function Get-CimInstance {
    param($Namespace, $ClassName, $Filter, $OperationTimeoutSec, $ErrorAction)
    $time = [datetime] '2026-11-25T03:00:00Z'
    switch ($ClassName) {
        'MSFT_NetTCPConnection' { New-Object PSObject -Property @{ LocalAddress = '::'; LocalPort = 50000; RemoteAddress = '::'; RemotePort = 0; State = 100; OwningProcess = 4242; CreationTime = $time } }
        'MSFT_NetUDPEndpoint' { New-Object PSObject -Property @{ LocalAddress = '0.0.0.0'; LocalPort = 50001; OwningProcess = 4242; CreationTime = $time } }
        'Win32_Process' { New-Object PSObject -Property @{ ProcessId = 4242; ParentProcessId = 4; Name = 'web.exe'; ExecutablePath = $null; CreationDate = $time; SessionId = 0 } }
        'Win32_Service' { New-Object PSObject -Property @{ ProcessId = 4242; Name = 'W3SVC' } }
        default { New-Object PSObject -Property @{ AutoReusePortRangeStartPort = 22000; AutoReusePortRangeNumberOfPorts = 100; DynamicPortRangeStartPort = 1025; DynamicPortRangeNumberOfPorts = 64510 } }
    }
}
function Get-WinEvent { param($FilterHashtable, $MaxEvents, $ErrorAction) New-Object PSObject -Property @{ Id = 4231; TimeCreated = [datetime] '2026-11-25T03:00:00Z' } }
function Get-ItemProperty { param($LiteralPath, $ErrorAction) New-Object PSObject -Property @{ TcpTimedWaitDelay = 30; CurrentBuildNumber = '26100' } }
'@

    $systemRoot = Join-Path $TestDrive 'Windows'
    $null = New-Item -Path (Join-Path $systemRoot 'System32') -ItemType Directory
    function Set-Tool {
        param([string] $Name, [string] $Script)
        $file = Join-Path $systemRoot "System32/$Name"
        [System.IO.File]::WriteAllText($file, "#!/bin/sh`n$Script`n")
        chmod +x $file
    }

    # Runs a script in that mode, with the collectors, and Windows' variables as of WEB01.
    function Invoke-Constrained {
        param([string] $Script, [string] $Fake = $fakes)
        $state = [initialsessionstate]::CreateDefault2()
        $state.LanguageMode = 'ConstrainedLanguage'
        $variables = @{ OS = 'Windows_NT'; SystemRoot = $systemRoot; COMPUTERNAME = 'WEB01'; USERDOMAIN = 'CORP'; USERNAME = 'ann'; PROCESSOR_ARCHITECTURE = 'AMD64' }
        $before = @{}
        foreach ($name in $variables.Keys) {
            $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
            [System.Environment]::SetEnvironmentVariable($name, $variables[$name])
        }
        $shell = [powershell]::Create($state)
        try {
            $output = $shell.AddScript("Set-StrictMode -Version 3.0`n$source`n$Fake`n$Script").Invoke()
            return [pscustomobject]@{ Output = @($output); Errors = @($shell.Streams.Error); Warnings = @($shell.Streams.Warning | ForEach-Object Message) }
        } finally {
            $shell.Dispose()
            foreach ($name in $before.Keys) { [System.Environment]::SetEnvironmentVariable($name, $before[$name]) }
        }
    }
}

Describe 'A capture in Constrained Language Mode (skipped on Windows, where scripts cannot take the places of tools)' -Skip:$isWindowsHost {
    BeforeAll {
        Set-Tool netsh.exe 'echo "$* 49152 16384"'
        Set-Tool netstat.exe 'echo TCP'
        Set-Tool icacls.exe "printf '%s\n' `"`$*`" > '$TestDrive/icacls.txt'"
        $run = Invoke-Constrained "New-PortSnapshot -Path '$TestDrive/machine.zip'"
        $folder = Join-Path $TestDrive 'machine'
        $json = [System.IO.File]::ReadAllText((Join-Path $folder 'capture.json'))
        $content = ConvertFrom-Json $json
    }

    It 'is made without an error, in that mode' {
        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeNullOrEmpty
        (Invoke-Constrained '$ExecutionContext.SessionState.LanguageMode').Output[0] | Should -Be 'ConstrainedLanguage'
    }

    It 'is a folder, and New-PortSnapshot gives its capture.json' {
        $snapshot = $run.Output[0]
        $snapshot.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortSnapshot'
        $snapshot.Path | Should -Be (Join-Path $folder 'capture.json')
        $snapshot.Format | Should -Be 'folder'
        $snapshot.ComputerName | Should -Be 'WEB01'
        $snapshot.SizeBytes | Should -Be (Get-ChildItem -LiteralPath $folder | Measure-Object -Property Length -Sum).Sum
    }

    It 'keeps the contract, in UTF-8 without a mark' {
        Get-SchemaProblem $json | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllBytes((Join-Path $folder 'capture.json'))[0] | Should -Be ([int] [char] '{')
        $content.machine.osBuild, $content.machine.pointerSize, $content.machine.elevated | Should -Be 26100, 8, $null
    }

    It 'has what CIM and the tools say' {
        $read = $content.artifacts | Where-Object status -EQ 'read'
        $read.name | Should -Be @(
            'bound-tcp-connections', 'tcp-connections', 'udp-endpoints', 'netstat', 'processes', 'services'
            'dynamic-range-tcp-ipv4', 'excluded-ranges-tcp-ipv4', 'dynamic-range-tcp-ipv6', 'excluded-ranges-tcp-ipv6'
            'dynamic-range-udp-ipv4', 'excluded-ranges-udp-ipv4', 'dynamic-range-udp-ipv6', 'excluded-ranges-udp-ipv6'
            'tcp-settings', 'events')
        $entries = @($read | Where-Object entry | ForEach-Object { $_.entry })
        $entries.Count | Should -Be 12
        (Get-ChildItem -LiteralPath $folder).Name | Sort-Object | Should -Be ($entries + 'capture.json' | Sort-Object)
        [System.IO.File]::ReadAllText((Join-Path $folder 'netstat.txt')) | Should -Be "TCP`n"
        [System.IO.File]::ReadAllText((Join-Path $folder 'dynamic-range-udp-ipv6.txt')) | Should -Be "interface ipv6 show dynamicport udp 49152 16384`n"
        [System.IO.File]::ReadAllText((Join-Path $folder 'udp-endpoints.csv')) | Should -Be "`"LocalAddress`",`"LocalPort`",`"OwningProcess`",`"CreationTime`"`r`n`"0.0.0.0`",`"50001`",`"4242`",`"2026-11-25T03:00:00.0000000Z`"`r`n"
        $content.processes[0].name, $content.services[0].name, $content.events[0].id, $content.autoReuseRanges[0].ports | Should -Be 'web.exe', 'W3SVC', 4231, 100
    }

    It 'says of all else that the mode forbids it' {
        $missing = $content.artifacts | Where-Object status -NE 'read'
        $missing.name | Should -Be 'bound-tcp-ipv4', 'bound-tcp-ipv6', 'tcp-ipv4', 'tcp-ipv6', 'udp-ipv4', 'udp-ipv6', 'handle-table', 'afd-handles', 'probe'
        $missing.status | Select-Object -Unique | Should -Be 'absent'
        $missing.reason | Select-Object -Unique | Should -Be 'this session is in Constrained Language Mode'
    }

    It 'is for this user, administrators and SYSTEM' {
        [System.IO.File]::ReadAllText((Join-Path $TestDrive 'icacls.txt')) | Should -Be "$folder /inheritance:r /grant:r CORP\ann:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F`n"
    }
}

Describe 'A capture in Constrained Language Mode where tools fail (skipped on Windows, where scripts cannot take their places)' -Skip:$isWindowsHost {
    It 'says so, and keeps no file of them' {
        Set-Tool netsh.exe 'echo half; exit 1'
        Set-Tool netstat.exe 'exit 0'
        Set-Tool icacls.exe 'exit 5'
        $run = Invoke-Constrained "Save-PortCapture -Path '$TestDrive/poor.zip' -Part Tables, Settings" 'function Get-CimInstance { throw "no" }'
        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeLike '*could not be limited to administrators and you: icacls.exe ended with exit code 5'
        $artifacts = $run.Output[0].Artifacts
        ($artifacts | Where-Object name -EQ 'dynamic-range-tcp-ipv4').reason | Should -Be 'netsh.exe ended with exit code 1'
        ($artifacts | Where-Object name -EQ 'netstat').reason | Should -Be 'netstat.exe printed nothing'
        ($artifacts | Where-Object name -EQ 'processes').status | Should -Be 'partial'
        $artifacts.name | Should -Not -Contain 'probe'
        (Get-ChildItem -LiteralPath (Join-Path $TestDrive 'poor')).Name | Should -Be 'capture.json'
        Get-SchemaProblem ([System.IO.File]::ReadAllText((Join-Path $TestDrive 'poor/capture.json'))) | Should -BeNullOrEmpty
    }

    It 'is for its owner, administrators and SYSTEM where the user''s name is nobody''s' {
        Set-Tool icacls.exe "printf '%s\n' `"`$*`" >> '$TestDrive/icacls2.txt'; case `"`$*`" in *ann*) exit 1332;; esac"
        $folder = Join-Path $TestDrive 'owned'
        $null = New-Item -Path $folder -ItemType Directory
        $run = Invoke-Constrained "Protect-ConstrainedFolder -Path '$folder'"
        $run.Errors | Should -BeNullOrEmpty
        $run.Warnings | Should -BeNullOrEmpty
        $lines = [System.IO.File]::ReadAllLines((Join-Path $TestDrive 'icacls2.txt'))
        $lines.Count | Should -Be 2
        $lines[1] | Should -Be "$folder /inheritance:r /grant:r *S-1-3-4:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F"
    }

    It 'is written, and left nowhere in part, where <Preference>' -ForEach @(
        @{ Preference = '$WhatIfPreference = $true' }
        @{ Preference = '$ConfirmPreference = ''Low''' }
    ) {
        Set-Tool netsh.exe 'echo half; exit 1'
        Set-Tool icacls.exe 'exit 0'
        $path = Join-Path $TestDrive "wish-$([guid]::NewGuid()).zip"
        # A session without a user who could answer makes an error of each question.
        $run = Invoke-Constrained "$Preference`nSave-PortCapture -Path '$path' -Part Settings"
        $run.Errors | Should -BeNullOrEmpty
        (Get-ChildItem -LiteralPath ($path -replace '\.zip$')).Name | Should -Be 'capture.json'
        ($run.Output[0].Artifacts | Where-Object name -EQ 'dynamic-range-tcp-ipv4').reason | Should -Be 'netsh.exe ended with exit code 1'
    }

    It 'waits for none of them longer than its time' {
        Set-Tool slow.exe 'exec sleep 60'
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $run = Invoke-Constrained "Invoke-ConstrainedTool -Name slow.exe -ArgumentList x -OutputFile '$TestDrive/slow.txt' -TimeoutSeconds 1"
        $run.Output[0].Reason | Should -Be 'slow.exe did not end within 1 s'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
        Test-Path -LiteralPath (Join-Path $TestDrive 'slow.txt') | Should -BeFalse
    }

    It 'is gone where it could not be finished' {
        $run = Invoke-Constrained "New-PortSnapshot -Path '$TestDrive/gone.zip' -Part Probe" 'function Complete-PortCapture { throw "disk full" }'
        $run.Errors[0].FullyQualifiedErrorId | Should -Be 'SnapshotWriteFailed,New-PortSnapshot'
        Test-Path -LiteralPath (Join-Path $TestDrive 'gone') | Should -BeFalse
    }

    It 'obeys -WhatIf' {
        $run = Invoke-Constrained "New-PortSnapshot -Path '$TestDrive/never.zip' -WhatIf"
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -BeNullOrEmpty
        Test-Path -LiteralPath (Join-Path $TestDrive 'never') | Should -BeFalse
    }
}
