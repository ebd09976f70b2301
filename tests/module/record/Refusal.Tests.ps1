# Knows for which reasons nothing is started, stopped or shown, each one clear error with nothing left.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')
    Import-RecordModule

    $script:held = $null
    $foreign = @{ name = '-NetTrace-CORP\berta'; logFile = 'C:\Users\berta\NetTrace.etl'; netsh = $true; user = 'S-1-5-21-9'; maximumFileSize = 250 }
}

Describe 'Nothing is started where <Why>' -ForEach @(
    @{ Why = 'the session is not elevated'; Id = 'NotElevated'; With = @{ elevated = $false } }
    @{ Why = 'somebody else records'; Id = 'ForeignTraceRunning'; With = @{ sessions = @(@{ name = '-NetTrace-CORP\berta'; logFile = 'C:\Users\berta\NetTrace.etl'; netsh = $true; user = 'S-1-5-21-9'; maximumFileSize = 250 }) } }
    @{ Why = 'an older netsh records under another name'; Id = 'ForeignTraceRunning'; With = @{ sessions = @(@{ name = 'NdisCap'; logFile = 'C:\Users\berta\NetTrace.etl'; netsh = $true; user = 'S-1-5-21-9'; maximumFileSize = 250 }) } }
    @{ Why = 'sessions are not told'; Id = 'TraceSessionsUnknown'; With = @{ faults = @{ sessionsUnknown = $true } } }
    @{ Why = 'the drive is removable'; Id = 'TracePathNotLocal'; With = @{ drive = @{ type = 'Removable'; free = 1TB } } }
    @{ Why = 'the drive is a share'; Id = 'TracePathNotLocal'; With = @{ drive = @{ type = 'Network'; free = 1TB } } }
    @{ Why = 'the drive has one byte too few'; Id = 'TraceDiskFull'; With = @{ drive = @{ type = 'Fixed'; free = 512MB - 1 } } }
    @{ Why = 'there is no such folder'; Id = 'TraceFolderNotFound'; File = 'none/x.etl' }
    @{ Why = 'netsh cannot take the path'; Id = 'TracePathInvalid'; File = '100%.etl' }
    @{ Why = 'the folder takes no files'; Id = 'TraceFolderNotWritable'; Path = '/proc/x.etl' }
    @{ Why = 'there is such a file'; Id = 'TraceFileExists'; Before = { [System.IO.File]::WriteAllText((Get-FakePath 'x.etl'), 'old') }; Keeps = 1 }
    @{ Why = 'there is such a snapshot'; Id = 'TraceFileExists'; Before = { [System.IO.File]::WriteAllText((Get-FakePath 'x.stop.zip'), 'old') }; Keeps = 1 }
    @{ Why = 'Windows has no netsh'; Id = 'NetshNotFound'; Before = { Remove-Item "$env:FAKE_WINDOWS_FOLDER/system/netsh.exe" } }
    @{ Why = 'netsh is denied access'; Id = 'TraceStartFailed'; With = @{ faults = @{ startDenied = $true } }; Says = 'requires elevation' }
    @{ Why = 'netsh has no room'; Id = 'TraceStartFailed'; With = @{ faults = @{ startDiskFull = $true } }; Says = 'not enough space' }
    @{ Why = 'netsh says yes and does nothing'; Id = 'TraceStartFailed'; With = @{ faults = @{ startSilent = $true } }; Says = 'no session writes' }
    @{ Why = 'netsh starts it and says no'; Id = 'TraceStartFailed'; With = @{ faults = @{ startExit = 1 } } }
    @{ Why = 'netsh starts it and nobody can tell'; Id = 'TraceStartFailed'; With = @{ faults = @{ runningUnknown = $true; statusFails = $true } } }
    @{ Why = 'a folder on the way is a link'; Id = 'TracePathNotLocal'; File = 'link/x.etl'; Before = { $null = New-Item -ItemType SymbolicLink -Path (Get-FakePath 'link') -Target "$env:FAKE_WINDOWS_FOLDER/system" }; Says = "*link' is a link" }
    @{ Why = 'the path is too long for the files beside it'; Id = 'TracePathInvalid'; File = "$('x' * 240).etl"; Says = 'longer than 240' }
    @{ Why = 'a folder only begins like that of the module'; Id = 'TraceFolderNotFound'; File = '../data2/x.etl' }
    @{ Why = 'the folder of the module is anybody''s'; Id = 'FolderNotProtected'; Before = { Mock Test-FolderSafety -ModuleName PortExhaustion { InModuleScope PortExhaustion { New-FaultRecord -Code 'folder-not-safe' -Message 'eve can change it.' } } } }
    @{ Why = 'the state is damaged'; Id = 'TraceStateDamaged'; Before = { [System.IO.File]::WriteAllText("$env:FAKE_WINDOWS_FOLDER/data/trace.json", '{') }; Keeps = 1 }
    @{ Why = 'the state cannot be written'; Id = 'TraceStateNotWritten'; Before = { $null = [System.IO.Directory]::CreateDirectory("$env:FAKE_WINDOWS_FOLDER/data/trace.json.new") } }
    @{ Why = 'another session is at it'; Id = 'TraceBusy'; Before = { $script:held = [System.IO.File]::Open("$env:FAKE_WINDOWS_FOLDER/data/trace.lock", 'OpenOrCreate', 'ReadWrite', 'None') } }
) {
    It 'and the error is <Id>' {
        $case = @{ With = @{}; Before = { }; File = 'x.etl'; Says = ''; Keeps = 0 }
        foreach ($key in $_.Keys) { $case[$key] = $_[$key] }
        Reset-FakeWindows $case.With
        & $case.Before
        $target = Get-FakePath $case.File
        if ($_.ContainsKey('Path')) { $target = $_.Path }
        $sessions = @(Get-SessionName)
        Get-FaultId { Start-PortTrace -Path $target } | Should -Be @($Id)
        if ($script:held) { $script:held.Dispose(); $script:held = $null }
        $told[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $told[0].Exception.Message | Should -BeLike "*$($case.Says)*"
        $given | Should -BeNullOrEmpty
        Get-SessionName | Should -Be $sessions
        @(Get-Leftover).Count | Should -Be $case.Keeps
    }
}

Describe 'Somebody else''s recording' {
    It 'is named with its file, and not stopped' {
        Reset-FakeWindows @{ sessions = @($foreign) }
        Get-FaultId { Start-PortTrace -Path (Get-FakePath 'x.etl') } | Should -Be 'ForeignTraceRunning'
        $told[0].Exception.Message | Should -BeLike "*CORP\berta*C:\Users\berta\NetTrace.etl*"
        Get-FaultId { Stop-PortTrace } | Should -Be 'NoTraceRunning'
        $told[0].Exception.Message | Should -BeLike '*CORP\berta*'
        Get-SessionName | Should -Be $foreign.name
        @(Get-FakeCall | Where-Object { $_ -match 'trace (stop|start)' }).Count | Should -Be 0
    }
}

Describe 'A state that anybody may have written' {
    BeforeEach {
        Reset-FakeWindows @{ sessions = @($foreign) }
        $victim = Get-FakePath 'victim.txt'
        [System.IO.File]::WriteAllText($victim, 'of others')
        InModuleScope PortExhaustion -Parameters @{ Path = $victim } {
            $state = New-TraceState -Path $Path -Until Event -Minutes 5 -Task 'Antivirus'
            $state.phase = 'stopped'
            Write-TraceState -State $state
        }
        Mock Test-FolderSafety -ModuleName PortExhaustion { InModuleScope PortExhaustion { New-FaultRecord -Code 'folder-not-safe' -Message 'eve can change it.' } }
    }

    It 'is FolderNotProtected for <Command>, which does nothing' -ForEach @(
        @{ Command = 'Get-PortTrace'; Do = { Get-PortTrace } }
        @{ Command = 'Stop-PortTrace -Discard'; Do = { Stop-PortTrace -Discard } }
    ) {
        Get-FaultId $Do | Should -Be 'FolderNotProtected'
        $given | Should -BeNullOrEmpty
        [System.IO.File]::Exists($victim) | Should -BeTrue
        (Get-FakeWindows).calls.Count | Should -Be 0
    }
}

Describe 'On a computer that is no Windows' {
    It '<_> is RecordNotSupported' -ForEach 'Start-PortTrace', 'Get-PortTrace', 'Stop-PortTrace' {
        $shell = New-ModuleShell
        $null = $shell.AddScript($_).Invoke()
        $shell.Streams.Error.Count | Should -Be 1
        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'RecordNotSupported*'
        $shell.Dispose()
    }
}
