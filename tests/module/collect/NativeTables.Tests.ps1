# Knows how module/native takes tables from Windows: buffers that are too small, counts that lie, layouts of 32 and 64 bits. A
# scripted system (FakeSystem.cs) answers.
BeforeAll {
    . (Join-Path $PSScriptRoot 'NativeSetup.ps1')

    function Read-Whole {
        param([object] $Table)
        $stream = New-Object -TypeName System.IO.MemoryStream
        $Table.WriteTo($stream)
        return , $stream.ToArray()
    }
}

Describe 'The handle table of <PointerSize> byte pointers' -ForEach @(
    @{ PointerSize = 8; Header = 16; Entry = 40; Object = [uint64] 18446603336221196288 }
    @{ PointerSize = 4; Header = 8; Entry = 28; Object = [uint64] 2264924160 }
) {
    It 'is read field by field, and written as it came' {
        $system = New-FakeSystem
        $system.PointerSize = $PointerSize
        Add-FakeHandle $system @{ ProcessId = 4711; Handle = 0x1234; ObjectAddress = $Object; GrantedAccess = 0x0016019F; TypeIndex = 300 }
        $table = $system.NewTable()
        $table.Status | Should -Be 'read'
        $table.Reason | Should -BeNullOrEmpty
        $table.Count | Should -Be 2
        $table.Length | Should -Be ($Header + 2 * $Entry)
        $table.ProcessId(1), $table.Handle(1), $table.ObjectAddress(1), $table.GrantedAccess(1), $table.TypeIndex(1) | Should -Be 4711, 0x1234, $Object, 0x0016019F, 300
        { $table.Handle(2) } | Should -Throw
        $bytes = Read-Whole $table
        $bytes.Length | Should -Be $table.Length
        $bytes[0] | Should -Be 2
        [BitConverter]::ToUInt16($bytes, $Header + $Entry + 2 * $PointerSize) | Should -Be 0x1234
        $table.Dispose()
    }
}

Describe 'The handle table' {
    It 'is asked for again with a larger buffer, also where its length is not told' {
        $system = New-FakeSystem
        $system.Mismatches = 3
        $system.TellsLength = $false
        $table = $system.NewTable()
        $table.Status | Should -Be 'read'
        $system.Sizes | Should -Be 1MB, 2MB, 4MB, 8MB
        $table.Dispose()
    }

    It 'gets more room than its length, as handles come meanwhile' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{} -Count 80000
        $table = $system.NewTable()
        $table.Count | Should -Be 80001
        $length = 16 + 40 * 80001
        $system.Sizes | Should -Be 1MB, ($length + [math]::Floor($length / 8) + 64KB)
        $table.Dispose()
    }

    It 'that never fits is given up after ten calls, with the entries that had room' {
        $system = New-FakeSystem
        $system.Mismatches = 1000
        $table = $system.NewTable()
        $table.Status | Should -Be 'partial'
        $table.Reason | Should -BeLike '*0xC0000004*'
        $table.Count | Should -Be 1
        $system.Sizes.Count | Should -BeLessOrEqual 10
        $system.Sizes[-1] | Should -BeLessOrEqual 1GB
        $table.Dispose()
    }

    It 'is <Expected> where Windows says <Code>' -ForEach @(
        @{ Code = 3221225506; Hex = '0xC0000022'; Expected = 'refused' }
        @{ Code = 3221225475; Hex = '0xC0000003'; Expected = 'absent' }
        @{ Code = 3221225473; Hex = '0xC0000001'; Expected = 'failed' }
    ) {
        $system = New-FakeSystem
        $system.TableStatus = $Code
        $table = $system.NewTable()
        $table.Status | Should -Be $Expected
        $table.Reason | Should -BeLike "NtQuerySystemInformation(SystemExtendedHandleInformation) gave $Hex (*)"
        $table.Count | Should -Be 0
        $table.Dispose()
    }

    It 'tells the type index of File by a known handle, and nothing without it' {
        $system = New-FakeSystem
        Add-FakeHandle $system @{ ProcessId = 9; TypeIndex = 5 }
        Add-FakeHandle $system @{ ProcessId = 9 } -Count 3
        $table = $system.NewTable()
        $files = New-Object -TypeName "$Namespace.FileHandles" -ArgumentList $table, 7, 4
        $files.TypeIndex | Should -Be 37
        $files.Processes() | Should -Be 9
        $files.Of(9) | Should -Be 2, 3, 4
        (New-Object -TypeName "$Namespace.FileHandles" -ArgumentList $table, 7, 8).TypeIndex | Should -Be -1
        $table.Dispose()
    }
}

Describe 'Port tables' {
    BeforeAll {
        function New-Table {
            param([int] $Count, [int] $Header, [int] $Row, [int] $Claimed = $Count)
            $bytes = New-Object -TypeName byte[] -ArgumentList ($Header + $Count * $Row)
            [BitConverter]::GetBytes($Claimed).CopyTo($bytes, 0)
            return , $bytes
        }
        function New-FakeTable {
            param([hashtable] $Table)
            $fake = New-Object -TypeName "$Namespace.FakeTable"
            foreach ($class in $Table.Keys) { $fake.Tables.Add($class, $Table[$class]) }
            return $fake
        }
    }

    It '<Call> of family <Family> come with times, <Row> bytes a row' -ForEach @(
        @{ Call = 'ReadTcp'; Family = 2; Class = 8; Row = 160 }
        @{ Call = 'ReadTcp'; Family = 23; Class = 8; Row = 192 }
        @{ Call = 'ReadUdp'; Family = 2; Class = 2; Row = 160 }
        @{ Call = 'ReadUdp'; Family = 23; Class = 2; Row = 176 }
    ) {
        $answer = (New-FakeTable @{ $Class = (New-Table 5 8 $Row) }).$Call($Family)
        $answer.Status, $answer.TableClass, $answer.Bytes.Length | Should -Be 'read', $Class, (8 + 5 * $Row)
    }

    It '<Call> of family <Family> fall back to <Row> bytes a row' -ForEach @(
        @{ Call = 'ReadTcp'; Family = 2; Class = 5; Row = 24 }
        @{ Call = 'ReadTcp'; Family = 23; Class = 5; Row = 56 }
        @{ Call = 'ReadUdp'; Family = 2; Class = 1; Row = 12 }
        @{ Call = 'ReadUdp'; Family = 23; Class = 1; Row = 28 }
    ) {
        $answer = (New-FakeTable @{ $Class = (New-Table 5 4 $Row) }).$Call($Family)
        $answer.Status, $answer.TableClass, $answer.Bytes.Length | Should -Be 'read', $Class, (4 + 5 * $Row)
    }

    It 'that grow are asked for up to five times more' {
        $fake = New-FakeTable @{ 8 = (New-Table 1 8 160) }
        $fake.Growths = 4
        $fake.ReadTcp(2).Status | Should -Be 'read'
        $fake = New-FakeTable @{ 8 = (New-Table 1 8 160) }
        $fake.Growths = 5
        $answer = $fake.ReadTcp(2)
        $answer.Status | Should -Be 'failed'
        # The other class is no help against growth, but it is asked for before giving up.
        $fake.Asked[-1] | Should -Be 5
    }

    It 'that claim more rows than came are partial, with whole rows' {
        $answer = (New-FakeTable @{ 8 = (New-Table 3 8 160 -Claimed 1000000) }).ReadTcp(2)
        $answer.Status | Should -Be 'partial'
        ($answer.Bytes.Length - 8) % 160 | Should -Be 0
        $answer.Bytes.Length | Should -BeLessThan 1000
    }

    It 'are <Expected> after error <Code>' -ForEach @(
        @{ Code = 5; Expected = 'refused' }
        @{ Code = 50; Expected = 'absent' }
        @{ Code = 87; Expected = 'failed' }
    ) {
        $fake = New-FakeTable @{}
        $fake.Error = $Code
        $answer = $fake.ReadTcp(2)
        $answer.Status | Should -Be $Expected
        $answer.Reason | Should -BeLike "GetExtendedTcpTable gave error $Code (*)"
        $answer.Bytes | Should -BeNullOrEmpty
    }
}

Describe 'The process list' {
    BeforeAll {
        # SYSTEM_PROCESS_INFORMATION of 64 bits: name at 0x38, ids at 0x50 and 0x58, session at 0x64, time at 0x20.
        function Write-Process {
            param([IntPtr] $At, [int] $Next, [int] $Id, [int] $Parent, [long] $Created, [string] $Name, [int] $Session)
            foreach ($offset in 0..15) { [Runtime.InteropServices.Marshal]::WriteInt64($At, 8 * $offset, 0) }
            [Runtime.InteropServices.Marshal]::WriteInt32($At, $Next)
            [Runtime.InteropServices.Marshal]::WriteInt64($At, 0x20, $Created)
            if ($Name) {
                $text = [IntPtr]::Add($At, 0x80)
                [Runtime.InteropServices.Marshal]::Copy([Text.Encoding]::Unicode.GetBytes($Name), 0, $text, 2 * $Name.Length)
                [Runtime.InteropServices.Marshal]::WriteInt16($At, 0x38, 2 * $Name.Length)
                [Runtime.InteropServices.Marshal]::WriteIntPtr($At, 0x40, $text)
            }
            [Runtime.InteropServices.Marshal]::WriteInt64($At, 0x50, $Id)
            [Runtime.InteropServices.Marshal]::WriteInt64($At, 0x58, $Parent)
            [Runtime.InteropServices.Marshal]::WriteInt32($At, 0x64, $Session)
        }
        $memory = [Runtime.InteropServices.Marshal]::AllocHGlobal(0x400)
        $parse = { param([int] $Size) @(("$Namespace.ProcessTable" -as [type])::Parse($memory, $Size, 8)) }
    }

    AfterAll {
        [Runtime.InteropServices.Marshal]::FreeHGlobal($memory)
    }

    BeforeEach {
        Write-Process $memory 0x100 0 0 0 '' 0
        Write-Process ([IntPtr]::Add($memory, 0x100)) 0x100 4 0 133000000000000000 'System' 0
        Write-Process ([IntPtr]::Add($memory, 0x200)) 0 4242 4 133000000000000001 'web.exe' 2
    }

    It 'has the fields of each process' {
        $rows = & $parse 0x400
        $rows.ProcessId | Should -Be 0, 4, 4242
        $rows.Name | Should -Be 'System Idle Process', 'System', 'web.exe'
        $rows[2].ParentId, $rows[2].Created, $rows[2].Session | Should -Be 4, 133000000000000001, 2
    }

    It 'ends where the buffer ends, whatever the offset of the next says' {
        [Runtime.InteropServices.Marshal]::WriteInt32($memory, 0x100, 0x7FFFFFF0)
        (& $parse 0x400).Count | Should -Be 2
        [Runtime.InteropServices.Marshal]::WriteInt32($memory, 0x100, -0x100)
        (& $parse 0x400).Count | Should -Be 2
    }
}

Describe 'The list of processes' {
    It 'asks for the path of neither the idle process nor lsass, whose opening would raise an alarm' {
        $rows = foreach ($one in @(0, 'System Idle Process'), @(700, 'LSASS.EXE'), @(800, 'web.exe')) {
            $row = New-Object -TypeName "$Namespace.ProcessRow"
            $row.ProcessId, $row.Name = $one
            $row
        }
        $asked = New-Object -TypeName 'System.Collections.Generic.List[uint32]'
        $query = [scriptblock]::Create('param($processId) $asked.Add($processId); "path of $processId"').GetNewClosure()
        ("$Namespace.ProcessTable" -as [type])::AddPaths(($rows -as "$Namespace.ProcessRow[]"), $query)
        $asked | Should -Be 800
        $rows.Path | Should -Be $null, $null, 'path of 800'
    }
}

Describe 'Services' {
    BeforeEach {
        $fake = New-Object -TypeName "$Namespace.FakeServices"
    }

    It 'that do not fit into one call come with the next ones, none twice' {
        $fake.Count = 2500
        $answer = $fake.Read()
        $answer.Status, $answer.Reason | Should -Be 'read', $null
        $answer.Rows.Count | Should -Be 2500
        $answer.Rows[0].Name, $answer.Rows[2499].Name, $answer.Rows[2499].ProcessId | Should -Be 'svc0', 'svc2499', 3499
        @($answer.Rows.Name | Select-Object -Unique).Count | Should -Be 2500
        # What [MS-SCMR] allows at most.
        $fake.Sizes | Should -Be 256KB, 256KB, 256KB
    }

    It 'that came before a call failed are kept' {
        $fake.Count = 2500
        $fake.BreaksAt = 1000
        $answer = $fake.Read()
        $answer.Status, $answer.Rows.Count | Should -Be 'partial', 1000
        $answer.Reason | Should -BeLike 'EnumServicesStatusEx gave error 5 (*)'
    }

    It 'that are refused are refused' {
        $fake.BreaksAt = 0
        $answer = $fake.Read()
        $answer.Status, $answer.Rows.Count | Should -Be 'refused', 0
    }

    It 'that never end are given up' {
        $fake.Count = 1000000
        $fake.PerCall = 1
        $answer = $fake.Read()
        $answer.Status, $answer.Rows.Count | Should -Be 'partial', 256
    }
}

Describe 'SeDebugPrivilege' {
    BeforeEach {
        $held = "$Namespace.FakePrivileges" -as [type]
        $privilege = "$Namespace.DebugPrivilege" -as [type]
        $held::IsEnabled = $false
        $held::Status = 0
    }

    It 'stays enabled until the last of several runs is over' {
        $first = $privilege::Enable()
        $second = $privilege::Enable()
        $first.IsEnabled, $second.IsEnabled | Should -Be $true, $true
        $first.Dispose()
        $first.Dispose()
        $held::IsEnabled | Should -BeTrue
        $second.Dispose()
        $held::IsEnabled | Should -BeFalse
    }

    It 'that was enabled before stays so' {
        $held::IsEnabled = $true
        $first = $privilege::Enable()
        $privilege::Enable().Dispose()
        $first.Dispose()
        $held::IsEnabled | Should -BeTrue
    }

    It 'that is not held is not enabled' {
        $held::Status = 3221225569
        $one = $privilege::Enable()
        $one.IsEnabled | Should -BeFalse
        $one.Dispose()
        $held::IsEnabled | Should -BeFalse
    }
}

Describe 'Trace sessions' {
    BeforeAll {
        # What Windows fills in: a session for each of Names, at most as many as there is room for.
        Add-Type -TypeDefinition @'
public sealed class FakeTraces
{
    public string[] Names = new string[0];
    public int Error;
    public int Told = -1;
    public int NameOffset = -1;

    public int Query(System.IntPtr pointers, int room, out int count)
    {
        count = Told >= 0 ? Told : Names.Length;
        for (int index = 0; index < System.Math.Min(Names.Length, room); index++)
        {
            System.IntPtr session = System.Runtime.InteropServices.Marshal.ReadIntPtr(pointers, index * System.IntPtr.Size);
            int offsets = 0x68 + System.IntPtr.Size;
            int file = System.Runtime.InteropServices.Marshal.ReadInt32(session, offsets);
            int name = System.Runtime.InteropServices.Marshal.ReadInt32(session, offsets + 4);
            System.Runtime.InteropServices.Marshal.WriteInt32(session, 0x3C, 256);
            System.Runtime.InteropServices.Marshal.WriteInt32(session, 0x40, 2);
            Write(session, name, Names[index]);
            Write(session, file, index % 2 == 0 ? @"C:\traces\" + Names[index] + ".etl" : "");
            if (NameOffset >= 0) System.Runtime.InteropServices.Marshal.WriteInt32(session, offsets + 4, NameOffset);
        }
        return Error;
    }

    private static void Write(System.IntPtr session, int offset, string text)
    {
        char[] characters = (text + "\0").ToCharArray();
        System.Runtime.InteropServices.Marshal.Copy(characters, 0, System.IntPtr.Add(session, offset), characters.Length);
    }
}
'@
        $native = "$Namespace.TraceSessions" -as [type]
        function Read-FakeTrace {
            param([object] $Fake)
            $query = [System.Delegate]::CreateDelegate(("$Namespace.TraceSessionQuery" -as [type]), $Fake, 'Query')
            return $native::Read($query)
        }
    }

    It 'are told with name, file, mode and size' {
        $fake = [FakeTraces]::new()
        $fake.Names = "NetTrace-$([char] 0x30C8)", 'NT Kernel Logger'
        $answer = Read-FakeTrace $fake
        $answer.Status | Should -Be 'read'
        $answer.Rows.Name | Should -Be $fake.Names
        $answer.Rows.LogFile | Should -Be "C:\traces\$($fake.Names[0]).etl", ''
        $answer.Rows[0].LogFileMode, $answer.Rows[0].MaximumFileSize | Should -Be 2, 256
    }

    It 'are none where none run' {
        $answer = Read-FakeTrace ([FakeTraces]::new())
        $answer.Status, $answer.Rows.Count | Should -Be 'read', 0
    }

    It 'beyond 64 make the answer partial' {
        $fake = [FakeTraces]::new()
        $fake.Names = 1..70 | ForEach-Object { "session $_" }
        $fake.Error = 234
        $answer = Read-FakeTrace $fake
        $answer.Status, $answer.Rows.Count | Should -Be 'partial', 64
    }

    It 'that are refused are refused' {
        $fake = [FakeTraces]::new()
        $fake.Error = 5
        (Read-FakeTrace $fake).Status | Should -Be 'refused'
    }

    It 'whose count or offset lies do no harm: <Told>, <Offset>' -ForEach @(
        @{ Told = 1000000; Offset = -1; Rows = 64 }
        @{ Told = 1; Offset = 100000; Rows = 1 }
        @{ Told = 1; Offset = 0; Rows = 1 }
    ) {
        $fake = [FakeTraces]::new()
        $fake.Names = @('one')
        $fake.Told = $Told
        $fake.NameOffset = $Offset
        $answer = Read-FakeTrace $fake
        $answer.Rows.Count | Should -Be $Rows
        if ($Offset -ge 0) { $answer.Rows[0].Name | Should -Be '' }
    }
}
