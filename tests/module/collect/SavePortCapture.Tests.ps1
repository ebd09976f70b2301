# Knows what a capture must be whatever Windows answers: valid by the contract, complete in its coverage, or not there at all.
BeforeAll {
    . (Join-Path $PSScriptRoot 'CollectSetup.ps1')

    function Save-Capture {
        param([hashtable] $Option = @{})
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).zip"
        $saved = Save-PortCapture -Path $path -Tool 'PortExhaustion 0.1.0' @Option
        $json = [System.Text.Encoding]::UTF8.GetString((Read-ZipEntry $path 'capture.json'))
        Get-SchemaProblem $json | Should -BeNullOrEmpty
        return [pscustomobject]@{ Saved = $saved; Json = $json; Content = (ConvertFrom-Json $json); Names = (Get-ZipName $path); Path = $path }
    }

    function Get-Artifact {
        param([object] $Made, [string] $Name)
        $Made.Content.artifacts | Where-Object name -EQ $Name
    }
}

Describe 'Save-PortCapture on a Windows that answers' {
    BeforeAll {
        $answers = New-WindowsAnswer
        Mock Import-PortNative { }
        Mock Invoke-PortNative { $answers[$Question] }
        Mock Test-Elevation { $true }
        Mock Invoke-InboxTool { [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Bytes = [byte[]] (0x81, 0x0D); ExitCode = 0 } }
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = @([pscustomobject]@{ AutoReusePortRangeStartPort = 22000; AutoReusePortRangeNumberOfPorts = 43536 }) } }
        Mock Get-ItemProperty { [pscustomobject]@{ TcpTimedWaitDelay = 30 } }
        Mock Invoke-TimedCommand { [pscustomobject]@{ Id = 4231; TimeCreated = [datetime] '2026-11-25T03:00:00Z' } }
        $made = Save-Capture
    }

    It 'says where it is and what is in it' {
        $made.Saved.Path | Should -Be $made.Path
        $made.Saved.Format | Should -Be 'zip'
        $made.Saved.Machine.osBuild | Should -Be 26100
        $made.Saved.Artifacts.name | Should -Be $made.Content.artifacts.name
    }

    It 'asks every question of the format, once' {
        $expected = 'bound-tcp-ipv4', 'bound-tcp-ipv6', 'tcp-ipv4', 'tcp-ipv6', 'udp-ipv4', 'udp-ipv6', 'processes', 'handle-table', 'afd-handles', 'services', 'probe', 'tcp-settings', 'events'
        $expected += foreach ($family in 'ipv4', 'ipv6') { foreach ($protocol in 'tcp', 'udp') { "dynamic-range-$protocol-$family", "excluded-ranges-$protocol-$family" } }
        $made.Content.artifacts.name | Sort-Object | Should -Be ($expected | ForEach-Object { $_ } | Sort-Object)
    }

    It 'writes each raw answer as it came, and capture.json last' {
        $entries = @($made.Content.artifacts | Where-Object entry | ForEach-Object { $_.entry })
        $entries.Count | Should -Be 16
        $made.Names[-1] | Should -Be 'capture.json'
        $made.Names | Sort-Object | Should -Be ($entries + 'capture.json' | Sort-Object)
        (Read-ZipEntry $made.Path 'handle-table.bin') | Should -Be 1, 2, 3
        (Read-ZipEntry $made.Path 'afd-handles.bin') | Should -Be 9, 9
        (Read-ZipEntry $made.Path 'excluded-ranges-udp-ipv6.txt') | Should -Be 0x81, 0x0D
    }

    It 'keeps what decides how an answer is read' {
        $tcp = Get-Artifact $made 'tcp-ipv6'
        $tcp.kind, $tcp.protocol, $tcp.family, $tcp.tableClass | Should -Be 'tcp-table', 'tcp', 'ipv6', 8
        (Get-Artifact $made 'udp-ipv4').tableClass | Should -Be 2
        $bound = Get-Artifact $made 'bound-tcp-ipv4'
        $bound.kind, $bound.protocol, $bound.tableClass | Should -Be 'bound-tcp-table', 'tcp', $null
        $range = Get-Artifact $made 'excluded-ranges-udp-ipv6'
        $range.kind, $range.protocol, $range.family | Should -Be 'excluded-port-range', 'udp', 'ipv6'
        (Get-Artifact $made 'afd-handles').status | Should -Be 'partial'
        (Get-Artifact $made 'afd-handles').reason | Should -BeLike '*could not be opened'
    }

    It 'has processes, services, inspections, settings, events and probes as values' {
        $made.Content.processes.name | Should -Be "w$([char] 0xFC)b.exe", 'System'
        $made.Json | Should -Match '"created":"2022-06-18T04:26:40\.0000000Z"'
        $made.Content.processes[1].created | Should -BeNullOrEmpty
        $made.Content.services[0].name | Should -Be 'W3SVC'
        $made.Content.inspections[0].error | Should -Be 5
        $made.Content.settings.tcpTimedWaitDelay, $made.Content.settings.maxUserPort | Should -Be 30, $null
        $made.Content.autoReuseRanges[0].start | Should -Be 22000
        (Get-Artifact $made 'events').reason | Should -BeNullOrEmpty
        $made.Content.events[0].id | Should -Be 4231
        $made.Json | Should -Match '"time":"2026-11-25T03:00:00\.0000000Z"'
        $made.Content.probes.Count | Should -Be 4
    }

    It 'writes ASCII, and single elements and nothing as arrays' {
        $made.Json | Should -Not -Match '[^\x20-\x7E]'
        $made.Json | Should -Match '"services":\[\{'
        $made.Json | Should -Match '"ranges":\[\]'
        $made.Json[0] | Should -Be '{'
    }

    It 'keeps characters that are equal by culture apart: none becomes a question mark' {
        # Soft hyphen, joiners and a noncharacter weigh nothing, composed and decomposed letters are equal, and so are wide forms.
        $name = -join ([char[]] (0x00AD, 0x200B, 0x200D, 0xFFFE, 0x00E9, 0x0065, 0x0301, 0xFF41, 0x212B, 0x00C5, 0xDB40, 0xDC01))
        $capture = New-TestCapture
        $capture.Services = @([ordered]@{ processId = 1; name = $name })
        $json = ConvertTo-CaptureJson -Capture $capture -Tool 't'
        $json | Should -Not -Match '[^\x20-\x7E]'
        (ConvertFrom-Json $json).services[0].name | Should -BeExactly $name
        (ConvertFrom-Json $json).services[0].name.Length | Should -Be 12
    }

    It 'inspects with the process list that was read after the handle table, and frees what it took' {
        Should -Invoke Invoke-PortNative -ParameterFilter { $Question -eq 'Inspection' -and $Argument[1].Count -eq 2 -and $Argument[2] -eq 10 } -Times 1 -Exactly -Scope Describe
        $answers.Snapshot.IsDisposed | Should -BeTrue
        $answers.DebugPrivilege.IsDisposed | Should -BeTrue
    }

    It 'opens no process, and enables no privilege for that, unless handles are wanted: <Part>' -ForEach @(
        @{ Part = 'Handles'; MayOpen = $true }
        @{ Part = 'Tables', 'Settings', 'Events', 'Probe'; MayOpen = $false }
    ) {
        $some = Save-Capture @{ Part = $Part }
        $isEnabled = $null
        if ($MayOpen) { $isEnabled = $true }
        $some.Content.machine.debugPrivilege | Should -Be $isEnabled
        Should -Invoke Invoke-PortNative -ParameterFilter { $Question -eq 'DebugPrivilege' } -Times ([int] $MayOpen) -Exactly
        Should -Invoke Invoke-PortNative -ParameterFilter { $Question -eq 'Processes' -and $Argument[0] -eq $MayOpen } -Times 1 -Exactly
    }

    It 'leaves out what -Part does not name: <Part>' -ForEach @(
        @{ Part = 'Tables'; Names = 'bound-tcp-ipv4', 'bound-tcp-ipv6', 'tcp-ipv4', 'tcp-ipv6', 'udp-ipv4', 'udp-ipv6' }
        @{ Part = 'Handles'; Names = 'handle-table', 'afd-handles' }
        @{ Part = 'Events'; Names = 'events' }
        @{ Part = 'Probe'; Names = 'probe' }
        @{ Part = 'Settings'; Names = @('tcp-settings') + ('dynamic-range', 'excluded-ranges' | ForEach-Object { "$_-tcp-ipv4", "$_-tcp-ipv6", "$_-udp-ipv4", "$_-udp-ipv6" }) }
    ) {
        $some = Save-Capture @{ Part = $Part }
        $some.Content.artifacts.name | Sort-Object | Should -Be (@($Names) + 'processes' + 'services' | Sort-Object)
    }
}

Describe 'Save-PortCapture where nothing works' {
    It 'gives a valid capture in which everything has a reason' {
        $answers = New-WindowsAnswer
        foreach ($question in 'TcpTable', 'UdpTable', 'BoundTable', 'Processes', 'Services', 'Snapshot') {
            $answers[$question] = New-Answer -Status refused -Reason "$question gave error 5 (Access is denied)"
        }
        $answers.DebugPrivilege.IsEnabled = $false
        Mock Import-PortNative { }
        Mock Invoke-PortNative { $answers[$Question] }
        Mock Test-Elevation { $false }
        Mock Invoke-InboxTool { [pscustomobject]@{ IsTimedOut = $false; Status = 'failed'; Reason = "$Name did not end within 10 s"; Bytes = $null; ExitCode = $null } }
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'failed'; Reason = "${ClassName}: no answer"; Rows = @() } }
        Mock Get-ItemProperty { throw [System.UnauthorizedAccessException]::new('no') }
        Mock Invoke-TimedCommand { throw [System.UnauthorizedAccessException]::new('no') }
        Mock Invoke-PortProbe { throw [System.InvalidOperationException]::new('no sockets') }
        $made = Save-Capture
        $bare = $made.Content.artifacts | Where-Object { $_.status -eq 'read' -or -not $_.reason }
        $bare | Should -BeNullOrEmpty
        $made.Content.machine.elevated | Should -BeFalse
        $made.Content.machine.debugPrivilege | Should -BeFalse
        (Get-Artifact $made 'afd-handles').status | Should -Be 'refused'
        (Get-Artifact $made 'processes').status | Should -Be 'partial'
        (Get-Artifact $made 'tcp-settings').status | Should -Be 'failed'
        (Get-Artifact $made 'events').status | Should -Be 'refused'
        (Get-Artifact $made 'probe').status | Should -Be 'failed'
        # What takes the place of the tables was tried as well.
        foreach ($name in 'bound-tcp-connections', 'tcp-connections', 'udp-endpoints', 'netstat', 'dynamic-ranges') { (Get-Artifact $made $name).status | Should -Be 'failed' }
    }
}

Describe 'Save-PortCapture outside Windows (skipped on Windows)' -Skip:($env:OS -eq 'Windows_NT') {
    It 'throws nothing and says that it needs Windows' {
        $made = Save-Capture
        (Get-Artifact $made 'tcp-ipv4').reason | Should -Be 'live reading needs Windows'
        $made.Content.machine.osBuild | Should -BeNullOrEmpty
        $made.Content.processes.processId | Should -Contain $PID
        Test-PortCollector | Should -Be 'live reading needs Windows'
    }
}

Describe 'A capture that cannot be written' {
    BeforeAll {
        Mock Import-PortNative { 'not here' }
    }

    It 'is not begun over another file' {
        $path = Join-Path $TestDrive 'there.zip'
        [System.IO.File]::WriteAllText($path, 'mine')
        { Save-PortCapture -Path $path } | Should -Throw
        [System.IO.File]::ReadAllText($path) | Should -Be 'mine'
    }

    It 'says why, and not how it tried' {
        $path = Join-Path $TestDrive 'no/such/folder/a.zip'
        $caught = { Save-PortCapture -Path $path } | Should -Throw -PassThru
        $caught.Exception.Message | Should -Not -Match 'Exception calling'
        $caught.Exception | Should -BeOfType System.IO.DirectoryNotFoundException
    }

    It 'leaves no half file' {
        $path = Join-Path $TestDrive 'half.zip'
        Mock Complete-PortCapture { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        { Save-PortCapture -Path $path } | Should -Throw 'There is not enough space on the disk.'
        Test-Path -LiteralPath $path | Should -BeFalse
    }

    It 'leaves no half file when the user stops it' {
        $path = Join-Path $TestDrive 'stopped.zip'
        $shell = [powershell]::Create()
        try {
            $script = {
                param($Folder, $Zip)
                foreach ($file in [System.IO.Directory]::GetFiles($Folder, '*.ps1', 'AllDirectories')) { . $file }
                function Add-CapturePart { Start-Sleep -Seconds 60 }
                Save-PortCapture -Path $Zip
            }
            $running = $shell.AddScript($script.ToString()).AddArgument($CollectFolder).AddArgument($path).BeginInvoke()
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while (-not (Test-Path -LiteralPath $path) -and $clock.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 20 }
            Test-Path -LiteralPath $path | Should -BeTrue
            $running.IsCompleted | Should -BeFalse
            $shell.Stop()
            Test-Path -LiteralPath $path | Should -BeFalse
        } finally {
            $shell.Dispose()
        }
    }

    It 'leaves no half file when a stream fails in the middle' {
        $path = Join-Path $TestDrive 'middle.zip'
        Mock Write-CaptureEntry { $Capture.Archive.CreateEntry('a').Open().Dispose(); throw [System.IO.IOException]::new('disk full') }
        { Save-PortCapture -Path $path } | Should -Throw 'disk full'
        Test-Path -LiteralPath $path | Should -BeFalse
    }
}

Describe 'The folder module/private/collect' {
    It 'needs nothing else: it works in a session that has only its functions' {
        $shell = [powershell]::Create()
        try {
            $script = {
                param($Folder, $Zip)
                Set-StrictMode -Version 3.0
                $ErrorActionPreference = 'Stop'
                foreach ($file in [System.IO.Directory]::GetFiles($Folder, '*.ps1', 'AllDirectories')) { . $file }
                Save-PortCapture -Path $Zip -NativeSource 'namespace PortExhaustion { }'
            }
            $path = Join-Path $TestDrive 'alone.zip'
            $saved = $shell.AddScript($script.ToString()).AddArgument($CollectFolder).AddArgument($path).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $saved[0].Path | Should -Be $path
            Get-SchemaProblem ([System.Text.Encoding]::UTF8.GetString((Read-ZipEntry $path 'capture.json'))) | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }

    It 'calls only its own functions and cmdlets of PowerShell' {
        $files = [System.IO.Directory]::GetFiles($CollectFolder, '*.ps1', 'AllDirectories')
        $own = $files | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) }
        $called = foreach ($file in $files) {
            $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
            $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
        }
        $windows = 'Get-CimInstance', 'Get-WinEvent'
        foreach ($name in $called | Where-Object { $_ -and $own -notcontains $_ -and $windows -notcontains $_ } | Select-Object -Unique) {
            (Get-Command -Name $name).ModuleName | Should -BeIn 'Microsoft.PowerShell.Core', 'Microsoft.PowerShell.Management', 'Microsoft.PowerShell.Utility' -Because $name
        }
    }
}
