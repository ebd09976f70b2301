# Knows how the inspection of handles behaves among handles that refuse, hang and vanish (FakeSystem.cs), which no Windows offers at
# will and Wine not at all: nothing may hold it up, and what it did not see it must say.
BeforeAll {
    . (Join-Path $PSScriptRoot 'NativeSetup.ps1')

    function Wait-Until {
        param([scriptblock] $Condition)
        $wait = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition) -and $wait.ElapsedMilliseconds -lt 5000) { Start-Sleep -Milliseconds 10 }
    }
}

Describe 'An AFD handle' {
    It 'has its name from one array, as a leak may have a million' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{} -Count 50
        Add-FakeHandle $system @{ Device = '\Device\Afd\Mio' }
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be 51
        ("$Namespace.FakeSystem" -as [type])::NameArrays($run.Answer) | Should -Be 2
        $run.Answer.Bytes | Should -BeNullOrEmpty
    }

    It 'gives a row with all that it answers' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ Handle = 0x1A4; ObjectAddress = 4294934529; GrantedAccess = 0x0016019F; HandleCount = 3; Context = [byte[]] @(1..120) }
        $run = Invoke-Inspection $system
        $run.Answer.Status | Should -Be 'read'
        $run.Bytes.Length | Should -Be (56 + 22 + 16 + 120 + 2)
        $row = $run.Rows[0]
        $row.ProcessId, $row.Handle, $row.ObjectAddress, $row.Access, $row.HandleCount | Should -Be 100, 0x1A4, 4294934529, 0x0016019F, 3
        $row.Statuses | Should -Be '00000000 00000000 00000000 00000000'
        $row.Name | Should -Be '\Device\Afd'
        $row.Address | Should -Be $system.Handles[1].Address
        $row.Context | Should -Be @(1..120)
        $row.Kind.Count | Should -Be 0
        $system.OpenDuplicates | Should -Be 0
        $system.OpenProcesses | Should -Be 0
    }

    It 'is told by the name <Device>: <Expected>' -ForEach @(
        @{ Device = '\Device\Afd'; Expected = $true }
        @{ Device = '\device\AFD'; Expected = $true }
        @{ Device = '\Device\Afd\Mio'; Expected = $true }
        @{ Device = '\Device\AfdXyz'; Expected = $false }
        @{ Device = '\Device\NamedPipe'; Expected = $false }
        @{ Device = ''; Expected = $false }
    ) {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ Device = $Device }
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be ([int] $Expected)
        $run.Process[100].inspected | Should -Be 1
        $run.Process[100].afdHandles | Should -Be ([int] $Expected)
        # Nothing that may block is asked of anything else.
        @($system.Asked -match 'Address|Context').Count | Should -Be (2 * [int] $Expected)
    }

    It 'without an address still has a row' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ AddressStatus = 3221225485; ContextStatus = 3221225488 }
        $run = Invoke-Inspection $system
        $run.Rows[0].Statuses | Should -Be '00000000 00000000 C000000D C0000010'
        $run.Rows[0].Address.Count + $run.Rows[0].Context.Count | Should -Be 0
        $run.Process[100].queried | Should -Be 1
    }

    It 'whose context did not fit keeps its first 0x78 bytes' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ ContextStatus = 2147483653; Context = [byte[]] @(0..199) }
        $run = Invoke-Inspection $system
        $run.Rows[0].Context | Should -Be @(0..119)
    }

    It 'is named with the access of its owner where access 0 is refused' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ NameStatus = 3221225506 }
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be 1
        $system.OpenDuplicates | Should -Be 0
    }
}

Describe 'A handle' {
    It 'that is refused, vanished or nameless is counted as what it is' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ DuplicateStatus = 3221225506 }
        Add-FakeHandle $system @{ DuplicateStatus = 3221225480 }
        Add-FakeHandle $system @{ NameStatus = 3221225506; NameStatusWithAccess = 3221225506 }
        Add-FakeHandle $system @{ NameStatus = 2147483653 }
        Add-FakeHandle $system @{}
        $row = (Invoke-Inspection $system).Process[100]
        $row.status | Should -Be 'inspected'
        $row.fileHandles, $row.inspected, $row.refused, $row.afdHandles | Should -Be 5, 3, 2, 1
    }

    It 'that is no file means that the type index is wrong, and nothing of it is used' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ TypeName = 'Key' } -Count 2
        $run = Invoke-Inspection $system
        $run.Answer.Status | Should -Be 'failed'
        $run.Answer.Reason | Should -BeLike '*type Key'
        $run.Answer.Source | Should -BeNullOrEmpty
        @($system.Asked -match 'Address').Count | Should -Be 0
    }

    It 'at which this code breaks makes an answer of status failed, not an exception in a thread' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ BreaksAt = 'Address' }
        Add-FakeHandle $system @{ ProcessId = 200 }
        $run = Invoke-Inspection $system
        $run.Answer.Status | Should -Be 'failed'
        $run.Answer.Reason | Should -BeLike '*broken at Address'
        $run.Process[200].status | Should -Be 'out-of-time'
        $system.OpenDuplicates | Should -Be 0
    }
}

Describe 'A handle that hangs' {
    AfterEach {
        $system.Release()
    }

    It 'at its address costs its address' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{}
        Add-FakeHandle $system @{ HangsAt = 'Address' }
        Add-FakeHandle $system @{}
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $run = Invoke-Inspection $system
        $clock.ElapsedMilliseconds | Should -BeLessThan 3000
        $run.Rows.Statuses | Should -Be '00000000 00000000 00000000 00000000', '00000000 00000000 00000102 FFFFFFFF', '00000000 00000000 00000000 00000000'
        $run.Process[100].status | Should -Be 'inspected'
        $run.Process[100].timedOut | Should -Be 1
        $run.Answer.Status | Should -Be 'partial'
        $run.Answer.Reason | Should -BeLike '*1 handles did not answer within 100 ms'
    }

    It 'at its <Step> does not keep the owner''s socket alive meanwhile' -ForEach @(@{ Step = 'Address' }, @{ Step = 'Context' }) {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ HangsAt = $Step }
        $run = Invoke-Inspection $system
        $run.Process[100].timedOut | Should -Be 1
        Wait-Until { $system.OpenDuplicates -eq 0 }
        $system.OpenDuplicates | Should -Be 0
        $system.OpenProcesses | Should -Be 0
        $system.DisposedQueries | Should -Be 0
        # The thread that comes back cleans up its own, asks nothing more and closes nothing twice.
        $system.Release()
        Wait-Until { $system.DisposedQueries -eq 1 }
        $system.DisposedQueries | Should -Be 1
        $system.StrayUses | Should -Be 0
    }

    It 'and is broken off in time costs only its own answer' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ AddressStatus = 0x102 }
        $run = Invoke-Inspection $system
        $run.Rows[0].Statuses | Should -Be '00000000 00000000 00000102 00000000'
        $run.Process[100].status, $run.Process[100].timedOut | Should -Be 'inspected', 1
    }

    It 'at its context keeps its address' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ HangsAt = 'Context' }
        $run = Invoke-Inspection $system
        $run.Rows[0].Statuses | Should -Be '00000000 00000000 00000000 00000102'
        $run.Rows[0].Address.Count | Should -Be 16
    }

    It 'at <Step> is not known to be AFD' -ForEach @(@{ Step = 'Duplicate' }, @{ Step = 'Name' }) {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ HangsAt = $Step }
        Add-FakeHandle $system @{}
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be 1
        $run.Process[100].refused, $run.Process[100].timedOut | Should -Be 1, 1
        # The stuck thread uses the process's handle and its duplicate still, and closes both when it comes back.
        $system.OpenProcesses | Should -Be 1
        $system.Release()
        Wait-Until { $system.OpenProcesses -eq 0 -and $system.OpenDuplicates -eq 0 }
        $system.OpenProcesses, $system.OpenDuplicates, $system.StrayUses | Should -Be 0, 0, 0
    }

    It 'at its last close costs nothing' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ HangsAt = 'Close' }
        Add-FakeHandle $system @{}
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be 2
        $run.Rows.Statuses | Select-Object -Unique | Should -Be '00000000 00000000 00000000 00000000'
        $run.Process[100].timedOut | Should -Be 0
        $system.OpenProcesses | Should -Be 0
    }

    It 'eight times makes names the only question' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ HangsAt = 'Address' } -Count 8
        Add-FakeHandle $system @{} -Count 2
        Add-FakeHandle $system @{ ProcessId = 200 }
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be 11
        @($run.Rows | Where-Object Statuses -EQ '00000000 00000000 FFFFFFFF FFFFFFFF').Count | Should -Be 3
        $run.Process[100].status, $run.Process[200].status | Should -Be 'partial', 'partial'
        $run.Process[100].timedOut, $run.Process[100].queried | Should -Be 8, 8
        $run.Process[200].afdHandles, $run.Process[200].queried | Should -Be 1, 0
        $run.Answer.Status | Should -Be 'partial'
    }

    It 'nine times ends the inspection' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ HangsAt = 'Name' } -Count 12
        Add-FakeHandle $system @{ ProcessId = 200 }
        $run = Invoke-Inspection $system
        $run.Process[100].timedOut | Should -Be 9
        $run.Process[100].status, $run.Process[200].status | Should -Be 'partial', 'out-of-time'
        $system.Opened | Should -Not -Contain 200
    }
}

Describe 'A process' {
    It 'with more File handles comes first' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ ProcessId = 30 } -Count 2
        Add-FakeHandle $system @{ ProcessId = 20 } -Count 5
        Add-FakeHandle $system @{ ProcessId = 10 } -Count 2
        (Invoke-Inspection $system).Order | Should -Be 20, 10, 30
    }

    It 'that is <Name> is never opened' -ForEach @(@{ Name = 'the idle process'; Id = 0 }, @{ Name = 'the kernel'; Id = 4 }, @{ Name = 'lsass.exe'; Id = 700 }) {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ ProcessId = $Id }
        Add-FakeHandle $system @{ ProcessId = 100 }
        $run = Invoke-Inspection $system -Running @{ 0 = 'System Idle Process', 0; 4 = 'System', 0; 700 = 'LSASS.EXE', 0; 100 = 'web.exe', 0 }
        $run.Process[$Id].status | Should -Be 'skipped'
        $system.Opened | Should -Be 100
        $run.Answer.Status | Should -Be 'read'
    }

    It 'that cannot be opened is <Expected> after error <Code>' -ForEach @(@{ Code = 5; Expected = 'refused' }, @{ Code = 87; Expected = 'exited' }, @{ Code = 1450; Expected = 'refused' }) {
        $system = New-FakeSystem
        Add-FakeHandle $system @{}
        $system.OpenErrors.Add(100, $Code)
        $run = Invoke-Inspection $system
        $run.Process[100].status | Should -Be $Expected
        $run.Process[100].error | Should -Be $Code
        $run.Process[100].fileHandles | Should -Be 1
        $run.Process[100].inspected | Should -Be 0
        $run.Answer.Status | Should -Be @{ refused = 'partial'; exited = 'read' }[$Expected]
    }

    It 'whose id belongs to another one meanwhile is not asked' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ ProcessId = 100 }
        Add-FakeHandle $system @{ ProcessId = 200 }
        Add-FakeHandle $system @{ ProcessId = 300 }
        $system.Created.Add(100, 5000)
        $system.Created.Add(200, 6000)
        $run = Invoke-Inspection $system -Running @{ 100 = 'web.exe', 5000; 200 = 'web.exe', 5999 }
        $run.Process[100].status, $run.Process[200].status, $run.Process[300].status | Should -Be 'inspected', 'exited', 'exited'
        $run.Rows.ProcessId | Should -Be 100
        $system.Opened | Should -Not -Contain 300
        $system.OpenProcesses | Should -Be 0
    }

    It 'that ends in between is exited' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{}
        Add-FakeHandle $system @{ DuplicateStatus = 3221225738 } -Count 5
        $run = Invoke-Inspection $system
        $run.Process[100].status | Should -Be 'exited'
        @($system.Asked -match 'Duplicate').Count | Should -Be 2
    }

    It 'without time left is not begun, and one in which it ran out is partial' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ DelayMs = 30 } -Count 20
        Add-FakeHandle $system @{ ProcessId = 200 }
        $run = Invoke-Inspection $system @{ BudgetMs = 300 }
        $run.Process[100].status, $run.Process[200].status | Should -Be 'partial', 'out-of-time'
        $run.Process[100].inspected | Should -BeGreaterThan 0
        $run.Process[100].inspected | Should -BeLessThan 20
        $run.Answer.Reason | Should -Be 'of 2 processes with File handles 1 were not begun in the time, 1 were not seen to the end'
    }

    It 'with too many sockets is asked for an even part of its addresses' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{} -Count 35
        Add-FakeHandle $system @{ Device = '\Device\NamedPipe' } -Count 5
        $run = Invoke-Inspection $system @{ MostQueried = 10 }
        $row = $run.Process[100]
        $row.status | Should -Be 'sampled'
        $row.inspected, $row.afdHandles, $row.queried | Should -Be 40, 35, 10
        $asked = @(for ($index = 0; $index -lt 35; $index++) { if ($run.Rows[$index].Address.Count -gt 0) { $index } })
        $asked | Should -Be 0, 3, 7, 10, 14, 17, 21, 24, 28, 31
        $run.Answer.Reason | Should -BeLike '*sample of their addresses'
    }

    It 'too large for the time is asked for addresses all the same' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ DelayMs = 2 } -Count 400
        $run = Invoke-Inspection $system @{ MostQueried = 40; SliceSize = 20; BudgetMs = 1000 }
        $row = $run.Process[100]
        $row.status | Should -Be 'partial'
        $row.inspected | Should -BeLessThan 400
        # One of ten, and of a slice that was begun perhaps none.
        $row.queried | Should -BeGreaterOrEqual ([math]::Floor($row.inspected / 20) * 2 - 2)
        $row.queried | Should -BeGreaterThan 0
    }

    It 'is asked for as many addresses as allowed, wherever its sockets are' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{} -Count 20
        Add-FakeHandle $system @{ Device = '\Device\NamedPipe' } -Count 20
        $run = Invoke-Inspection $system @{ MostQueried = 10; SliceSize = 10 }
        $row = $run.Process[100]
        $row.status, $row.afdHandles, $row.queried | Should -Be 'sampled', 20, 10
        @($system.Asked -match 'Address').Count | Should -Be 10
        @($run.Rows[10..19] | Where-Object { $_.Address.Count -gt 0 }).Count | Should -BeGreaterThan 2
    }

    It 'with many files and few sockets is asked for all of them' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ Device = '\Device\HarddiskVolume3' } -Count 30
        Add-FakeHandle $system @{} -Count 10
        $run = Invoke-Inspection $system @{ MostQueried = 10 }
        $run.Process[100].status | Should -Be 'inspected'
        $run.Process[100].queried | Should -Be 10
    }
}

Describe 'Where devices tell no name (status <Code>)' -ForEach @(@{ Code = 3221225475; System = 'Windows 7' }, @{ Code = 3221225474; System = 'Wine' }) {
    It 'a socket is what behaves like one' {
        $system = New-FakeSystem
        $nameless = @{ NameStatus = $Code }
        Add-FakeHandle $system ($nameless + @{ Handle = 0x10 })
        Add-FakeHandle $system ($nameless + @{ Handle = 0x14; AddressStatus = 3221225485 })
        Add-FakeHandle $system ($nameless + @{ Handle = 0x18; AddressStatus = 3221225659 })
        Add-FakeHandle $system ($nameless + @{ Handle = 0x1C; DeviceType = 7 })
        $run = Invoke-Inspection $system
        $run.Rows.Handle | Should -Be 0x10, 0x14
        $run.Rows[0].HandleCount | Should -Be 1
        $run.Process[100].inspected | Should -Be 4
        @($system.Asked -match ':28:Address').Count | Should -Be 0
    }

    It 'what did not answer in time is not known to be a socket' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ NameStatus = $Code; AddressStatus = 0x102 }
        $run = Invoke-Inspection $system
        $run.Rows.Count | Should -Be 0
        $run.Process[100].refused, $run.Process[100].timedOut | Should -Be 1, 1
    }

    It 'a blocked pipe in each of many processes does not end the inspection' {
        $system = New-FakeSystem
        foreach ($processId in 101..112) {
            Add-FakeHandle $system @{ ProcessId = $processId; NameStatus = $Code; HangsAt = 'Address' }
            Add-FakeHandle $system @{ ProcessId = $processId; NameStatus = $Code }
        }
        $run = Invoke-Inspection $system
        $system.Release()
        $run.Rows.ProcessId | Should -Be (101..112)
        $run.Answer.Rows.status | Select-Object -Unique | Should -Be 'inspected'
        $run.Answer.Reason | Should -BeLike '*12 handles did not answer within 100 ms'
    }

    It 'two blocked pipes in a process let the next one have its turn' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ ProcessId = 101; NameStatus = $Code; HangsAt = 'Address' } -Count 5
        Add-FakeHandle $system @{ ProcessId = 102; NameStatus = $Code }
        $run = Invoke-Inspection $system
        $system.Release()
        $run.Process[101].status, $run.Process[101].timedOut, $run.Process[101].refused | Should -Be 'partial', 2, 5
        $run.Process[102].status, $run.Process[102].queried | Should -Be 'inspected', 1
    }

    It 'a blocked pipe is passed over' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ NameStatus = $Code; HangsAt = 'Address' }
        Add-FakeHandle $system @{ NameStatus = $Code }
        $run = Invoke-Inspection $system
        $system.Release()
        $run.Rows.Count | Should -Be 1
        $run.Process[100].refused, $run.Process[100].timedOut | Should -Be 1, 1
    }
}
