# The whole way from Windows' calls to a verdict, in PowerShell for Windows under Wine: a program holds ports, a child holds what it
# inherited, another is blocked; all must be found, and none may feel it. Wine has no bound tables, no WMI, no event log and no
# netsh that speaks: as on a broken Windows, that must become coverage.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Holder.ps1')
    Import-Module (Join-Path $PSScriptRoot '../../PortExhaustion.psd1') -Force
    $holder = Start-Holder sockets
    $orphan = Start-Holder leave
    $blocked = Start-Holder block
    $handlesBefore = (Get-Process -Id $holder.ProcessId).HandleCount

    $zip = Join-Path $TestDrive 'machine.zip'
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $snapshot = New-PortSnapshot -Path $zip -WarningVariable warnings -WarningAction SilentlyContinue
    $seconds = $clock.Elapsed.TotalSeconds
    $capture = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString((Read-Entry $zip 'capture.json')))
    $found = @(Read-AfdHandle (Read-Entry $zip 'afd-handles.bin'))

    # One line for each socket, so that a difference can be read. An accepted socket is a connected one.
    function Format-Socket {
        param([object[]] $Socket)
        $Socket | ForEach-Object { "$($_.Protocol) $($_.Family) $($_.State -replace 'accepted', 'connected') $($_.Port)" } | Sort-Object
    }
}

AfterAll {
    foreach ($one in $holder, $orphan, $blocked) { if ($one) { Stop-Holder $one } }
}

Describe 'New-PortSnapshot' {
    It 'tells what it made' {
        $snapshot.PSTypeNames[0] | Should -Be 'PortExhaustion.PortSnapshot'
        $snapshot.Path | Should -Be $zip
        $snapshot.Format | Should -Be 'zip'
        $snapshot.ComputerName | Should -Be ([Environment]::MachineName)
        $snapshot.SizeBytes | Should -Be ([IO.FileInfo]::new($zip).Length)
        $snapshot.Time.Kind | Should -Be 'Utc'
        ([datetime]::UtcNow - $snapshot.Time).TotalMinutes | Should -BeLessThan 10
        $warnings | Should -BeNullOrEmpty
    }

    It 'knows the machine' {
        $capture.machine.wine | Should -BeTrue
        $capture.machine.pointerSize | Should -Be 8
        $capture.machine.osBuild | Should -Be ([Environment]::OSVersion.Version.Build)
        $capture.machine.elevated | Should -BeTrue
        $capture.machine.debugPrivilege | Should -BeTrue
    }

    It 'reads <Name>' -ForEach @(
        foreach ($name in 'tcp-ipv4', 'tcp-ipv6', 'udp-ipv4', 'udp-ipv6', 'handle-table', 'afd-handles', 'processes', 'services', 'probe') { @{ Name = $name } }
    ) {
        $artifact = $capture.artifacts | Where-Object name -EQ $Name
        $artifact.status | Should -Be 'read'
        $artifact.reason | Should -BeNullOrEmpty
    }

    It 'says why it has no <Name>' -ForEach @(
        @{ Name = 'bound-tcp-ipv4'; Status = 'absent'; Reason = '*has no InternalGetBoundTcpEndpointTable' }
        @{ Name = 'bound-tcp-ipv6'; Status = 'absent'; Reason = '*has no InternalGetBoundTcp6EndpointTable' }
        @{ Name = 'bound-tcp-connections'; Status = 'absent'; Reason = 'Wine has no WMI' }
        foreach ($protocol in 'tcp', 'udp') {
            foreach ($family in 'ipv4', 'ipv6') {
                @{ Name = "dynamic-range-$protocol-$family"; Status = 'failed'; Reason = 'netsh.exe printed nothing' }
                @{ Name = "excluded-ranges-$protocol-$family"; Status = 'failed'; Reason = 'netsh.exe printed nothing' }
            }
        }
        @{ Name = 'dynamic-ranges'; Status = 'absent'; Reason = 'Wine has no WMI' }
        @{ Name = 'tcp-settings'; Status = 'partial'; Reason = '*Wine has no WMI' }
        @{ Name = 'events'; Status = 'failed'; Reason = 'the System log could not be read: *' }
    ) {
        $artifact = $capture.artifacts | Where-Object name -EQ $Name
        $artifact.status | Should -Be $Status
        $artifact.reason | Should -BeLike $Reason
        $artifact.entry | Should -BeNullOrEmpty
    }

    It 'asks each question once' {
        @($capture.artifacts).Count | Should -Be 23
        $capture.artifacts.name | Select-Object -Unique | Should -HaveCount 23
        $snapshot.Coverage.read | Should -Be 9
    }

    It 'is not held up by a blocked pipe and a blocked socket' {
        # The budget of the inspection alone is 10 s; the rest is netsh, eight times.
        $seconds | Should -BeLessThan 15
        ($capture.inspections | Where-Object processId -EQ $blocked.ProcessId).status | Should -Be 'inspected'
        ($capture.inspections | Measure-Object timedOut -Sum).Sum | Should -Be 0
    }

    It 'lists every process with its name and time' {
        $own = $capture.processes | Where-Object processId -EQ $PID
        $own.name | Should -Be 'pwsh.exe'
        $own.path | Should -BeLike '*pwsh.exe'
        ([datetime] $own.created).ToUniversalTime() | Should -Be (Get-Process -Id $PID).StartTime.ToUniversalTime()
        $capture.processes.processId | Should -Contain $orphan.ProcessId
        $capture.processes.processId | Should -Not -Contain $orphan.Process.Id
    }

    It 'overwrites nothing unless it is told to' {
        $length = [IO.FileInfo]::new($zip).Length
        New-PortSnapshot -Path $zip -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotExists,New-PortSnapshot'
        [IO.FileInfo]::new($zip).Length | Should -Be $length
    }
}

Describe 'AFD handles in the capture' {
    It 'are the 300 sockets of their holder' {
        $mine = @($found | Where-Object ProcessId -EQ $holder.ProcessId)
        $holder.Sockets.Count | Should -Be 300
        Format-Socket $mine | Should -Be (Format-Socket $holder.Sockets)
    }

    It 'are at the child that inherited them from a process that is gone' {
        $orphan.Process.HasExited | Should -BeTrue
        Format-Socket ($found | Where-Object ProcessId -EQ $orphan.ProcessId) | Should -Be (Format-Socket $orphan.Sockets)
        $found.ProcessId | Should -Not -Contain $orphan.Process.Id
    }

    It 'are counted without the handle that the collector had itself' {
        $found.HandleCount | Select-Object -Unique | Should -Be 1
    }

    It 'are found in a process that is blocked' {
        Format-Socket ($found | Where-Object ProcessId -EQ $blocked.ProcessId) | Should -Be (Format-Socket $blocked.Sockets)
    }
}

Describe 'Cmdlets on the live machine' {
    It 'Get-AfdHandleOwner names the holder first' {
        $owners = @(Get-AfdHandleOwner -WarningAction SilentlyContinue)
        $owners[0].processId | Should -Be $holder.ProcessId
        $owners[0].processName | Should -Be 'hold.exe'
        $owners[0].sockets | Should -Be 300
        $owners[0].ports | Should -Be 260
        $owners[0].boundOnly, $owners[0].connected, $owners[0].listening, $owners[0].udp | Should -Be 100, 80, 40, 80
        $owners[0].helpers | Should -Be 0
    }

    It 'Get-AfdHandleOwner names the child, not its parent' {
        $owners = @(Get-AfdHandleOwner -WarningAction SilentlyContinue)
        $child = $owners | Where-Object processId -EQ $orphan.ProcessId
        $child.sockets, $child.ports, $child.boundOnly, $child.udp | Should -Be 20, 20, 10, 10
        $owners.processId | Should -Not -Contain $orphan.Process.Id
    }

    It 'Get-PortOwner gives the holder its ports, of both protocols' {
        $owners = @(Get-PortOwner -WarningAction SilentlyContinue)
        $tcp, $udp = 'tcp', 'udp' | ForEach-Object { $name = $_; $owners | Where-Object { $_.processId -eq $holder.ProcessId -and $_.protocol -eq $name } }
        $tcp.ports, $tcp.bound, $tcp.connected, $tcp.listening | Should -Be 180, 100, 40, 40
        $udp.ports | Should -Be 80
        ($owners | Where-Object { $_.processId -eq $orphan.ProcessId } | Measure-Object ports -Sum).Sum | Should -Be 20
    }

    It 'Test-PortExhaustion finds the machine healthy, and says what it could not see' {
        $verdict = Test-PortExhaustion -WarningAction SilentlyContinue
        $verdict.level | Should -Be 'Healthy'
        $verdict.exitCode | Should -Be 0
        $verdict.confidence | Should -Not -Be 'High'
        $verdict.culprit | Should -BeNullOrEmpty
        ($verdict.coverage | Where-Object name -EQ 'events').status | Should -Be 'failed'
        ($verdict.coverage | Where-Object name -EQ 'bound-tcp-ipv4').status | Should -Be 'absent'
    }

    It 'Test-PortExhaustion of the file sees the same ports' {
        $verdict = Test-PortExhaustion -Path $zip -WarningAction SilentlyContinue
        # Wine's tables also show sockets of its host, which may have some of its own in this range.
        $verdict.pools[0].used | Should -BeGreaterOrEqual 190
        $verdict.pools[1].used | Should -BeGreaterOrEqual 91
    }
}

Describe 'After it' {
    It 'fifty inspections leave no handle in this process' {
        $inspect = {
            $privilege = Invoke-PortNative -Question DebugPrivilege
            $table = Invoke-PortNative -Question Snapshot
            $answer = Invoke-PortNative -Question Inspection -Argument $table, (Invoke-PortNative -Question Processes -Argument $true).Rows, 10
            $table.Dispose()
            $privilege.Dispose()
            if ($answer.Status -ne 'read') { throw $answer.Reason }
        }
        $count = {
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
            (Get-Process -Id $PID).HandleCount
        }
        $module = Get-Module PortExhaustion
        foreach ($run in 1..3) { & $module $inspect }
        $before = & $count
        foreach ($run in 1..50) { & $module $inspect }
        # The runtime opens and closes some of its own meanwhile (threads of its pool, timers). One handle a run would be 50.
        (& $count) - $before | Should -BeLessThan 10
    }

    It 'the holder has as many handles as before' {
        (Get-Process -Id $holder.ProcessId).HandleCount | Should -Be $handlesBefore
    }

    It 'no packet came to the holder''s completion port' {
        Send-HolderOrder $holder packets | Should -Be 'packets 0'
    }

    It 'the holder can close and bind again each of its ports' {
        # 260: of 40 connections one side has the port of the listener. All of them were really taken before.
        Send-HolderOrder $holder rebind | Should -Be 'rebound 260 of 260'
    }
}
