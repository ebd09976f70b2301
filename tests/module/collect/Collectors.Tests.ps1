# Knows each collector by itself: which status and reason its answers become.
BeforeAll {
    . (Join-Path $PSScriptRoot 'CollectSetup.ps1')
}

Describe 'Handles' {
    BeforeEach {
        $answers = New-WindowsAnswer
        Mock Invoke-PortNative { $answers[$Question] }
        $capture = New-TestCapture
    }

    It 'are absent in a 32-bit process, with the way to the right PowerShell; processes are not' {
        Add-HandleData -Capture $capture -TimeoutSeconds 10 -Fault (Get-BitnessFault -Is64BitSystem $true -Is64BitProcess $false)
        $capture.Artifacts.name | Should -Be 'processes', 'handle-table', 'afd-handles'
        $capture.Artifacts.status | Should -Be 'read', 'absent', 'absent'
        $capture.Artifacts[2].reason | Should -BeLike '*%windir%\sysnative\WindowsPowerShell\v1.0\powershell.exe'
        Get-BitnessFault -Is64BitSystem $true -Is64BitProcess $true | Should -BeNullOrEmpty
        Get-BitnessFault -Is64BitSystem $false -Is64BitProcess $false | Should -BeNullOrEmpty
    }

    It 'are not inspected without a handle table' {
        $answers.Snapshot.Status = 'refused'
        $answers.Snapshot.Reason = 'gave 0xC0000022 (Access is denied)'
        Add-HandleData -Capture $capture -TimeoutSeconds 10
        $capture.Artifacts.status | Should -Be 'read', 'refused', 'refused'
        $capture.Artifacts[2].reason | Should -Be 'there is no handle table: gave 0xC0000022 (Access is denied)'
        Should -Invoke Invoke-PortNative -ParameterFilter { $Question -eq 'Inspection' } -Times 0 -Exactly
        $answers.Snapshot.IsDisposed | Should -BeTrue
    }

    It 'are written in part where the table did not fit' {
        $answers.Snapshot.Status = 'partial'
        $answers.Snapshot.Reason = 'gave 0xC0000004'
        Add-HandleData -Capture $capture -TimeoutSeconds 10
        $capture.Artifacts[1].status, $capture.Artifacts[1].entry | Should -Be 'partial', 'handle-table.bin'
        $capture.Artifacts[2].entry | Should -Be 'afd-handles.bin'
    }

    It 'have no entry where the inspection failed, and still tell of each process' {
        $answers.Inspection = New-Answer -Status failed -Reason 'broke' -Rows $answers.Inspection.Rows
        Add-HandleData -Capture $capture -TimeoutSeconds 10
        $capture.Artifacts[2].status, $capture.Artifacts[2].entry | Should -Be 'failed', $null
        @($capture.Inspections).Count | Should -Be 1
    }

    It 'are inspected for as long as is given' {
        Add-HandleData -Capture $capture -TimeoutSeconds 42
        Should -Invoke Invoke-PortNative -ParameterFilter { $Question -eq 'Inspection' -and $Argument[2] -eq 42 } -Times 1 -Exactly
    }
}

Describe 'The native door' {
    It 'makes an answer of an exception' {
        # Outside Windows, and before its code was compiled, there is nothing behind it.
        $answer = Invoke-PortNative -Question TcpTable -Argument 2
        $answer.Status | Should -Be 'failed'
        $answer.Reason | Should -BeLike 'TcpTable: *'
        $answer.Bytes, $answer.TableClass | Should -Be $null, 0
        @($answer.Rows).Count | Should -Be 0
    }

    It 'tells why its code was not compiled' {
        Mock Test-PortCollector { }
        Import-PortNative -Source 'this is no C#' | Should -BeLike 'the native code could not be compiled: *'
        Import-PortNative -Folder (Join-Path $TestDrive 'nowhere') | Should -BeLike 'the native code could not be compiled: *'
    }

    It 'is not compiled outside Windows (skipped on Windows)' -Skip:($env:OS -eq 'Windows_NT') {
        Import-PortNative -Source 'this is no C#' | Should -Be 'live reading needs Windows'
    }
}

Describe 'Processes without native code' {
    BeforeEach {
        $capture = New-TestCapture
        $opened = [System.Collections.Generic.List[string]]::new()
        # As System.Diagnostics.Process: path and time are asked of the process itself, which is opened for that.
        $running = foreach ($name in 'lsass', 'web') {
            $one = [pscustomobject]@{ Id = 700; ProcessName = $name; SessionId = 0 }
            foreach ($property in 'Path', 'StartTime') {
                $read = [scriptblock]::Create('$opened.Add($this.ProcessName + " " + ''' + $property + '''); @{ Path = "C:\web\web.exe"; StartTime = [datetime] "2026-11-25T03:00:00Z" }["' + $property + '"]').GetNewClosure()
                Add-Member -InputObject $one -MemberType ScriptProperty -Name $property -Value $read
            }
            $one
        }
        Mock Get-Process { $running }
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'absent'; Reason = 'no such class'; Rows = @() } }
    }

    It 'are opened where they may, except lsass' {
        Add-ProcessList -Capture $capture -Fault 'no native code' -MayOpen
        $opened | Should -Be 'web Path', 'web StartTime'
        $capture.Processes.name | Should -Be 'lsass', 'web.exe'
        $capture.Processes[1].created | Should -Be '2026-11-25T03:00:00.0000000Z'
        $capture.Artifacts[0].reason | Should -Be 'from Get-Process, without parents: no native code'
    }

    It 'are not opened where they may not' {
        Add-ProcessList -Capture $capture -Fault 'no native code'
        $opened | Should -BeNullOrEmpty
        $capture.Processes.name | Should -Be 'lsass', 'web'
        $capture.Processes[1].path, $capture.Processes[1].created | Should -Be $null, $null
    }

    It 'come from WMI with the reason why they do' {
        Mock Invoke-CimQuery {
            $row = [pscustomobject]@{ ProcessId = 4242; ParentProcessId = 4; Name = 'web.exe'; ExecutablePath = $null; CreationDate = [datetime] '2026-11-25T03:00:00Z'; SessionId = 0 }
            [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = @($row) }
        }
        Mock Invoke-PortNative { New-Answer -Status failed -Reason 'Processes: out of memory' }
        Add-ProcessList -Capture $capture -MayOpen
        $capture.Artifacts[0].status, $capture.Artifacts[0].reason | Should -Be 'read', 'from Win32_Process: Processes: out of memory'
    }
}

Describe 'Bound endpoints' {
    BeforeEach {
        $capture = New-TestCapture
    }

    It 'come from CIM where Windows has no table of them' {
        Mock Invoke-PortNative { New-Answer -Status absent -Reason 'no such export' }
        Mock Add-TextTable { }
        Mock Invoke-CimQuery {
            $row = [pscustomobject]@{ LocalAddress = '0.0.0.0'; LocalPort = 50000; RemoteAddress = '0.0.0.0'; RemotePort = 0; State = 100; OwningProcess = 4242; CreationTime = [datetime] '2026-11-25T03:00:00Z'; Other = 'x' }
            [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = @($row) }
        }
        Add-PortTable -Capture $capture
        $csv = $capture.Artifacts | Where-Object name -EQ 'bound-tcp-connections'
        $csv.kind, $csv.status, $csv.protocol | Should -Be 'net-tcp-connection', 'read', 'tcp'
        Read-TestEntry $capture 'bound-tcp-connections.csv' | Should -Be (@(
                '"LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess","CreationTime"'
                '"0.0.0.0","50000","0.0.0.0","0","100","4242","2026-11-25T03:00:00.0000000Z"', '') -join "`r`n")
        Should -Invoke Invoke-CimQuery -ParameterFilter { $Filter -eq 'State = 100' } -Times 1 -Exactly
    }

    It 'are a header without rows where there are none' {
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = @() } }
        Add-ConnectionCsv -Capture $capture -Name 'udp-endpoints' -Kind 'net-udp-endpoint' | Should -BeTrue
        Read-TestEntry $capture 'udp-endpoints.csv' | Should -Be "`"LocalAddress`",`"LocalPort`",`"OwningProcess`",`"CreationTime`"`r`n"
    }

    It 'are not asked of CIM where the table was read' {
        Mock Invoke-PortNative { New-Answer -Bytes (0, 0, 0, 0) }
        Mock Invoke-CimQuery { }
        Add-PortTable -Capture $capture
        Should -Invoke Invoke-CimQuery -Times 0 -Exactly
    }

    It 'of Wine are not asked for' {
        Mock Invoke-CimQuery { }
        $capture.Machine.wine = $true
        (Get-CimRow -Capture $capture -Namespace 'root/cimv2' -ClassName 'Win32_Process').Reason | Should -Be 'Wine has no WMI'
        Should -Invoke Invoke-CimQuery -Times 0 -Exactly
    }
}

Describe 'netstat' {
    BeforeEach {
        $capture = New-TestCapture
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'absent'; Reason = 'no such class'; Rows = @() } }
    }

    It 'is asked without -q where it does not know it, and then is partial' {
        Mock Invoke-InboxTool {
            if ($ArgumentList -eq '-anoq') { return [pscustomobject]@{ IsTimedOut = $false; Status = 'failed'; Reason = 'netstat.exe ended with exit code 1'; Bytes = $null } }
            return [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Bytes = [byte[]] 65 }
        }
        Add-TextTable -Capture $capture
        $capture.Artifacts.name | Should -Be 'tcp-connections', 'udp-endpoints', 'netstat'
        $capture.Artifacts[2].status | Should -Be 'partial'
        $capture.Artifacts[2].reason | Should -BeLike '*does not show bound TCP endpoints'
        Read-TestEntry $capture 'netstat.txt' | Should -Be 'A'
    }
}

Describe 'Dynamic ranges' {
    BeforeEach {
        $capture = New-TestCapture
        Mock Invoke-InboxTool { [pscustomobject]@{ IsTimedOut = $false; Status = 'failed'; Reason = 'netsh.exe printed nothing'; Bytes = $null } }
    }

    It 'come from CIM where netsh says nothing, the largest of the templates that have one' {
        Mock Invoke-CimQuery {
            $rows = @(foreach ($told in @($null, $null), @(49152, 16384), @(1025, 64510), @(2000, 64510)) {
                    [pscustomobject]@{ DynamicPortRangeStartPort = $told[0]; DynamicPortRangeNumberOfPorts = $told[1] }
                })
            [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = $rows }
        }
        Add-PortRange -Capture $capture
        @($capture.Artifacts | Where-Object status -EQ 'failed').Count | Should -Be 8
        $capture.Artifacts[-1].name, $capture.Artifacts[-1].status, $capture.Artifacts[-1].entry | Should -Be 'dynamic-ranges', 'read', $null
        $capture.Ranges.protocol | Should -Be 'tcp', 'udp'
        $capture.Ranges[0].start, $capture.Ranges[0].ports | Should -Be 1025, 64510
    }

    It 'are <Status> where CIM has <What>' -ForEach @(
        @{ What = 'one of them'; Status = 'partial'; Classes = @('MSFT_NetTCPSetting') }
        @{ What = 'neither'; Status = 'failed'; Classes = @() }
    ) {
        Mock Invoke-CimQuery {
            $rows = @(if ($Classes -contains $ClassName) { [pscustomobject]@{ DynamicPortRangeStartPort = 1025; DynamicPortRangeNumberOfPorts = 64510 } })
            [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = $rows }
        }
        Add-PortRange -Capture $capture
        $capture.Artifacts[-1].status | Should -Be $Status
        $capture.Artifacts[-1].reason | Should -BeLike '*has no range*'
    }

    It 'of all protocols and families are asked of netsh, by its full command' {
        Mock Invoke-InboxTool { [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Bytes = [byte[]] 65 } }
        Add-PortRange -Capture $capture
        $capture.Artifacts.Count | Should -Be 8
        foreach ($line in 'ipv4 show dynamicport tcp', 'ipv6 show dynamicport udp', 'ipv4 show excludedportrange udp', 'ipv6 show excludedportrange tcp') {
            Should -Invoke Invoke-InboxTool -ParameterFilter { $Name -eq 'netsh.exe' -and "$ArgumentList" -eq "interface $line" } -Times 1 -Exactly
        }
    }
}

Describe 'Settings' {
    BeforeEach {
        $capture = New-TestCapture
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'absent'; Reason = 'no such class'; Rows = @() } }
    }

    It 'are null where they are not set, and where they are no number' {
        Mock Get-ItemProperty { [pscustomobject]@{ MaxUserPort = 'many'; Other = 1 } }
        Add-TcpSetting -Capture $capture
        $capture.Settings.tcpTimedWaitDelay, $capture.Settings.maxUserPort | Should -Be $null, $null
        $capture.Artifacts[0].status | Should -Be 'partial'
        $capture.Artifacts[0].reason | Should -Be 'the auto-reuse range is not known: no such class'
    }

    It 'are read where the machine has no auto-reuse range to set' {
        Mock Get-ItemProperty { [pscustomobject]@{ TcpTimedWaitDelay = 30; MaxUserPort = 65534 } }
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'read'; Reason = $null; Rows = @([pscustomobject]@{ SettingName = 'Internet' }) } }
        Add-TcpSetting -Capture $capture
        $capture.Settings.tcpTimedWaitDelay, $capture.Settings.maxUserPort | Should -Be 30, 65534
        $capture.Artifacts[0].status | Should -Be 'read'
        $capture.AutoReuseRanges.Count | Should -Be 0
    }
}

Describe 'Events' {
    BeforeEach {
        $capture = New-TestCapture
    }

    It 'that did not happen are read, and none' {
        Mock Invoke-TimedCommand { $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new('nichts'), 'NoMatchingEventsFound', 'ObjectNotFound', $null)) }
        Add-TcpipEvent -Capture $capture -Hours 24
        $capture.Artifacts[0].status, $capture.Artifacts[0].reason | Should -Be 'read', $null
        $capture.Events.Count | Should -Be 0
    }

    It 'are asked for by source and id, for as many hours as given' {
        Mock Invoke-TimedCommand { }
        Add-TcpipEvent -Capture $capture -Hours 48
        Should -Invoke Invoke-TimedCommand -Times 1 -Exactly -ParameterFilter {
            $filter = $Parameter.FilterHashtable
            $age = (Get-Date) - $filter.StartTime
            $filter.LogName -eq 'System' -and $filter.ProviderName -eq 'Tcpip' -and "$($filter.Id)" -eq '4227 4231 4266' -and [math]::Abs($age.TotalHours - 48) -lt 0.1
        }
    }

    It 'are <Status> after <Kind>' -ForEach @(
        @{ Kind = 'System.UnauthorizedAccessException'; Status = 'refused' }
        @{ Kind = 'System.InvalidOperationException'; Status = 'failed' }
    ) {
        Mock Invoke-TimedCommand { throw (New-Object -TypeName $Kind -ArgumentList 'not today') }
        Add-TcpipEvent -Capture $capture -Hours 24
        $capture.Artifacts[0].status | Should -Be $Status
        $capture.Artifacts[0].reason | Should -Be 'the System log could not be read: not today'
    }

    It 'without a time keep their id' {
        Mock Invoke-TimedCommand { [pscustomobject]@{ Id = 4266; TimeCreated = $null } }
        Add-TcpipEvent -Capture $capture -Hours 24
        $capture.Events[0].id, $capture.Events[0].time | Should -Be 4266, $null
    }

    It 'are no more than the newest, which is said' {
        Mock Invoke-TimedCommand { foreach ($number in 1..$Parameter.MaxEvents) { [pscustomobject]@{ Id = 4231; TimeCreated = $null } } }
        Add-TcpipEvent -Capture $capture -Hours 24
        $capture.Events.Count | Should -Be 1000
        $capture.Artifacts[0].status, $capture.Artifacts[0].reason | Should -Be 'partial', 'only the newest 1000 events were asked for'
    }

    It 'of a log that does not answer are failed' {
        Mock Invoke-TimedCommand { throw [System.TimeoutException]::new("no answer within $TimeoutSeconds s") }
        Add-TcpipEvent -Capture $capture -Hours 24
        $capture.Artifacts[0].status, $capture.Artifacts[0].reason | Should -Be 'failed', 'the System log could not be read: no answer within 10 s'
    }
}

Describe 'The probe' {
    It 'is given a port, and gives it back' {
        $probe = Invoke-PortProbe -Protocol tcp -Family ipv4
        $probe.port | Should -BeGreaterThan 0
        $probe.error | Should -BeNullOrEmpty
        $again = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Any, $probe.port)
        { $again.Start() } | Should -Not -Throw
        $again.Stop()
    }

    It 'tells the number of Winsock where there is none' {
        Mock New-Object { & (Get-Command -Name New-Object -CommandType Cmdlet) @PesterBoundParameters }
        Mock New-Object { throw [System.Net.Sockets.SocketException]::new(10055) } -ParameterFilter { $TypeName -eq 'System.Net.Sockets.Socket' }
        $probe = Invoke-PortProbe -Protocol udp -Family ipv6
        $probe.protocol, $probe.family, $probe.port, $probe.error | Should -Be 'udp', 'ipv6', $null, 10055
    }

    It 'that breaks otherwise is missing, and is said to be' {
        $capture = New-TestCapture
        Mock Invoke-PortProbe { if ($Family -eq 'ipv6') { throw 'no' }; [pscustomobject]@{ port = 1 } }
        Add-PortProbe -Capture $capture
        $capture.Probes.Count | Should -Be 2
        $capture.Artifacts[0].status | Should -Be 'partial'
        $capture.Artifacts[0].reason | Should -Be 'tcp over ipv6: no; udp over ipv6: no'
    }
}

Describe 'Inbox tools (skipped on Windows, where scripts cannot take their places)' -Skip:($env:OS -eq 'Windows_NT') {
    BeforeAll {
        # Scripts take the place of programs, of the same names.
        function New-Tool {
            param([string] $Name, [string] $Script)
            $file = Join-Path $TestDrive $Name
            [System.IO.File]::WriteAllText($file, "#!/bin/sh`n$Script`n")
            chmod +x $file
        }
    }

    It 'give their bytes, whatever they mean' {
        New-Tool 'bytes.exe' 'printf ''\201\000\r\n%s'' "$*"; echo noise >&2'
        $answer = Invoke-InboxTool -Name 'bytes.exe' -ArgumentList 'show', 'ports' -Folder $TestDrive
        $answer.Status, $answer.Reason, $answer.ExitCode | Should -Be 'read', $null, 0
        $answer.Bytes | Should -Be (@(0x81, 0, 13, 10) + [System.Text.Encoding]::ASCII.GetBytes('show ports'))
    }

    It 'that <What> are failed: <Reason>' -ForEach @(
        @{ What = 'say no'; Script = 'echo usage; exit 3'; Reason = 'tool.exe ended with exit code 3' }
        @{ What = 'say nothing'; Script = 'exit 0'; Reason = 'tool.exe printed nothing' }
        @{ What = 'do not end'; Script = 'exec sleep 60'; Reason = 'tool.exe did not end within 1 s' }
        @{ What = 'leave somebody behind who holds their output'; Script = 'echo a; sleep 60 &'; Reason = 'tool.exe did not end within 1 s' }
    ) {
        New-Tool 'tool.exe' $Script
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $answer = Invoke-InboxTool -Name 'tool.exe' -ArgumentList 'x' -Folder $TestDrive -TimeoutSeconds 1
        $answer.Status, $answer.Reason, $answer.Bytes | Should -Be 'failed', $Reason, $null
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'do not wait for input, and their output may be long' {
        New-Tool 'long.exe' 'cat; head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2'
        (Invoke-InboxTool -Name 'long.exe' -ArgumentList 'x' -Folder $TestDrive).Bytes.Length | Should -Be 300000
    }

    It 'that are missing are absent, and one that does not start is failed' {
        (Invoke-InboxTool -Name 'none.exe' -ArgumentList 'x' -Folder $TestDrive).Status | Should -Be 'absent'
        [System.IO.File]::WriteAllText((Join-Path $TestDrive 'text.exe'), 'no program')
        $answer = Invoke-InboxTool -Name 'text.exe' -ArgumentList 'x' -Folder $TestDrive
        $answer.Status | Should -Be 'failed'
        $answer.Reason | Should -BeLike 'text.exe: *'
    }
}
