# Knows calls of Windows that the whole way (Snapshot.Tests.ps1) does not lead over under Wine: tables from a heap, inbox tools that
# speak, the file's access list, and Start-Process in Constrained Language Mode.

BeforeAll {
    $root = Join-Path $PSScriptRoot '../..'
    Import-Module (Join-Path $root 'PortExhaustion.psd1') -Force
    $module = Get-Module PortExhaustion
    $sources = @(Get-ChildItem -LiteralPath (Join-Path $root 'module/native')) + (Get-Item -LiteralPath (Join-Path $PSScriptRoot 'FakeBound.cs'))
    $text = ($sources | ForEach-Object { [IO.File]::ReadAllText($_.FullName) }) -join "`n"
    # Under a name of its own, so that the module still compiles its own.
    if (-not ('PortExhaustion.NativeTest.FakeBound' -as [type])) {
        Add-Type -TypeDefinition ($text -replace 'namespace PortExhaustion\.Native\b', 'namespace PortExhaustion.NativeTest')
    }
}

Describe 'A table of bound endpoints' {
    BeforeEach {
        $fake = [PortExhaustion.NativeTest.FakeBound]::new()
    }

    It 'of family <Family> has <Row> bytes a row, and is freed' -ForEach @(@{ Family = 2; Row = 28 }, @{ Family = 23; Row = 60 }) {
        # So large that nobody else takes its place at once, which would look as if it had not been freed.
        $fake.Table = [byte[]]::new(4 + 20000 * $Row)
        [BitConverter]::GetBytes(20000).CopyTo($fake.Table, 0)
        $fake.Table[-1] = 7
        $answer = $fake.Read($Family)
        $answer.Status | Should -Be 'read'
        $answer.Bytes.Length | Should -Be $fake.Table.Length
        [Linq.Enumerable]::SequenceEqual($answer.Bytes, $fake.Table) | Should -BeTrue
        $fake.IsFreed() | Should -BeTrue
    }

    It 'that claims more rows than it has room for is partial, with whole rows' {
        $fake.Table = [byte[]]::new(4 + 3 * 28)
        [BitConverter]::GetBytes(1000).CopyTo($fake.Table, 0)
        $answer = $fake.Read(2)
        $answer.Status | Should -Be 'partial'
        ($answer.Bytes.Length - 4) % 28 | Should -Be 0
        $answer.Bytes.Length | Should -BeLessThan 200
    }

    It 'that is none at all is empty' {
        $answer = $fake.Read(2)
        $answer.Status | Should -Be 'read'
        $answer.Bytes | Should -Be 0, 0, 0, 0
    }

    It 'that is refused says so' {
        $fake.Error = 5
        $answer = $fake.Read(2)
        $answer.Status | Should -Be 'refused'
        $answer.Reason | Should -BeLike 'InternalGetBound gave error 5 (*)'
    }
}

Describe 'A status in words' {
    It 'has the code and the system''s text' {
        $table = [PortExhaustion.NativeTest.HandleTable]::new({ 3221225506 }, 8)
        $table.Reason | Should -BeLike '*0xC0000022 (Access denied)'
    }
}

Describe 'Inbox tools' {
    It 'of the system folder are run, and what they print are bytes' {
        $answer = & $module { Invoke-InboxTool -Name netstat.exe -ArgumentList '-ano' }
        $answer.Status, $answer.ExitCode | Should -Be 'read', 0
        [Text.Encoding]::ASCII.GetString($answer.Bytes) | Should -Match 'Proto'
    }

    It 'print into a file in Constrained Language Mode' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        $folder = Join-Path $root 'module/private/collect'
        $text = (Get-ChildItem -LiteralPath $folder -Recurse -File | Where-Object Extension -EQ '.ps1' | ForEach-Object { [IO.File]::ReadAllText($_.FullName) }) -join "`n"
        $file = Join-Path $TestDrive 'netstat.txt'
        $answer = $shell.AddScript("$text`nInvoke-ConstrainedTool -Name netstat.exe -ArgumentList '-ano' -OutputFile '$file'").Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        $answer[0].Reason | Should -BeNullOrEmpty
        $answer[0].Status, $answer[0].ExitCode | Should -Be 'read', 0
        [IO.File]::ReadAllText($file) | Should -Match 'Proto'
    }
}

Describe 'Event trace sessions' {
    It 'are asked for by QueryAllTraces, which under Wine is a stub that succeeds and tells of none' {
        $answer = & $module {
            $fault = Import-PortNative -Folder "$ModuleRoot/native"
            if ($fault) { throw $fault }
            Invoke-PortNative -Question TraceSessions
        }
        "$($answer.Status) $($answer.Reason) $($answer.Rows.Count)" | Should -Be 'read  0'
    }
}
