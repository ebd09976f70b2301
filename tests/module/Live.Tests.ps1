# Knows what happens when a machine itself is read: what is asked of the collector, and that its capture is private and does not
# outlive the command. The collector and the engine are stand-ins.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    Mock Test-PortCollector -ModuleName PortExhaustion { }
    $asked = @{}
    Mock Save-PortCapture -ModuleName PortExhaustion {
        $asked.Part = $PesterBoundParameters['Part']
        $asked.TimeoutSeconds = $PesterBoundParameters['TimeoutSeconds']
        $asked.EventHours = $PesterBoundParameters['EventHours']
        $asked.Folder = Split-Path -Path $Path -Parent
        if ($env:OS -ne 'Windows_NT') { $asked.Mode = [string] (Get-Item -LiteralPath $asked.Folder).UnixFileMode }
        # What the fake engine makes of the capture, its name says.
        $file = Join-Path -Path $asked.Folder -ChildPath "$($asked.Name).zip"
        $null = New-Item -Path $file -ItemType File -WhatIf:$false -Confirm:$false
        [pscustomobject]@{ Path = $file; Format = 'zip'; Machine = [pscustomobject]@{ name = 'HERE' }; Artifacts = @() }
    }
}

Describe 'A reading of this machine' {
    BeforeEach {
        $asked.Clear()
        $asked.Name = 'web01'
    }

    It 'by <Command> asks for <Part>' -ForEach @(
        @{ Command = 'Test-PortExhaustion'; Part = 'Tables', 'Handles', 'Settings', 'Events', 'Probe' }
        @{ Command = 'Get-PortPool'; Part = 'Tables', 'Settings' }
        @{ Command = 'Get-PortOwner'; Part = 'Tables', 'Handles', 'Settings' }
        @{ Command = 'Get-AfdHandleOwner'; Part = 'Tables', 'Handles', 'Settings' }
        @{ Command = 'Get-PortReservation'; Part = 'Settings' }
        @{ Command = 'Get-PortExhaustionEvent'; Part = 'Events' }
    ) {
        $answer = @(& $Command)
        $answer.Count | Should -BeGreaterThan 0
        $answer[0].computerName | Should -Be 'WEB01'
        $answer[0].source | Should -BeNullOrEmpty
        $asked.Part | Should -Be $Part
    }

    It 'hands on the limits that were given' {
        $null = Test-PortExhaustion -TimeoutSeconds 42
        $asked.TimeoutSeconds | Should -Be 42
        $events = Get-PortExhaustionEvent -Hours 168
        $asked.EventHours | Should -Be 168
        $events.id | Should -Be 4231, 4227, 4266
        $events[0].time.Kind | Should -Be 'Utc'
        $events[2].time | Should -BeNullOrEmpty
    }

    It 'shows events in a table of 100 columns' {
        $text = Get-View (Get-PortExhaustionEvent)
        Get-Width $text | Should -BeLessOrEqual 100
        $text | Should -Match '(?m)^2026-11-24 03:10:40Z +4231 tcp +yes +A request for any TCP port failed'
        $text | Should -Match '(?m)^not told +4266 udp +yes '
    }

    It 'shows that it goes on, and that it is over' {
        $shell = New-ModuleShell
        $null = $shell.AddScript({
                & (Get-Module PortExhaustion) {
                    Set-Item -Path function:script:Test-PortCollector -Value { }
                    Set-Item -Path function:script:Save-PortCapture -Value { throw 'no disk' }
                }
                Test-PortExhaustion -ErrorAction SilentlyContinue
            }.ToString()).Invoke()
        $progress = @($shell.Streams.Progress)
        $shell.Dispose()
        $progress[0].Activity | Should -Be 'Reading this computer'
        $progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'leaves nothing behind' {
        $null = Test-PortExhaustion
        $asked.Folder | Should -Not -BeNullOrEmpty
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
    }

    It 'leaves nothing behind, and asks nobody, whatever the session prefers' {
        $global:WhatIfPreference = $true
        $global:ConfirmPreference = 'Low'
        try {
            (Test-PortExhaustion).Level | Should -Be 'Exhausted'
        } finally {
            $global:WhatIfPreference = $false
            $global:ConfirmPreference = 'High'
        }
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
    }

    It 'leaves nothing behind when a later command wants no more, or fails' {
        $null = Get-PortOwner | Select-Object -First 1
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
        { Get-PortOwner | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
    }

    It 'lies where only this user may read it (skipped on Windows, which has no file modes)' -Skip:($env:OS -eq 'Windows_NT') {
        $null = Test-PortExhaustion
        $asked.Mode | Should -Be 'UserExecute, UserWrite, UserRead'
    }

    It 'names the machine in warnings' {
        $asked.Name = 'pc07'
        $warnings = $null
        $null = Test-PortExhaustion -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -BeLike 'HERE: Not everything could be read, for want of administrator rights: *'
    }
}

Describe 'A reading that fails' {
    It 'is an error, and leaves nothing behind' {
        Mock Save-PortCapture -ModuleName PortExhaustion { $asked.Folder = Split-Path -Path $Path -Parent; throw 'the disk is full' }
        $errors = $null
        Test-PortExhaustion -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        # What is caught inside stays in -ErrorVariable too, as PowerShell has it.
        $written = @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like '*,Test-PortExhaustion' })
        $written.FullyQualifiedErrorId | Should -Be 'LiveReadFailed,Test-PortExhaustion'
        $written.Exception.Message | Should -BeLike '*the disk is full*'
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
    }

    It 'ends the command where this is no Windows' {
        Mock Test-PortCollector -ModuleName PortExhaustion { 'live reading needs Windows' }
        { Test-PortExhaustion } | Should -Throw -ErrorId 'LiveReadNotSupported,Test-PortExhaustion'
        { Get-PortExhaustionEvent } | Should -Throw 'This computer cannot be read: live reading needs Windows.'
    }

    It 'does not begin where the engine cannot run, and says what to do' {
        Mock Get-RegistryBuild -ModuleName PortExhaustion { 7601 }
        Mock Save-PortCapture -ModuleName PortExhaustion { throw 'the machine was read' }
        $problem = $null
        try { Test-PortExhaustion } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -Be 'SystemTooOld,Test-PortExhaustion'
        $problem.Exception.Message | Should -Be 'The engine does not run on this Windows (build 7601).'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Run New-PortSnapshot here, *'
        { Read-PortTrace 'x.etl' } | Should -Throw -ErrorId 'SystemTooOld,Read-PortTrace'
        Mock Get-RegistryBuild -ModuleName PortExhaustion { 9600 }
        { Test-PortExhaustion -ErrorAction Stop } | Should -Throw '*the machine was read*'
    }

    It 'leaves nothing behind on Ctrl+C' {
        $shell = New-ModuleShell
        $null = $shell.AddScript({
                & (Get-Module PortExhaustion) {
                    Set-Item -Path function:script:Test-PortCollector -Value { }
                    Set-Item -Path function:script:Save-PortCapture -Value {
                        param($Path)
                        $file = Join-Path -Path (Split-Path -Path $Path -Parent) -ChildPath 'slow-machine.zip'
                        $null = New-Item -Path $file -ItemType File
                        Write-Warning "folder $file"
                        [pscustomobject]@{ Path = $file; Machine = [pscustomobject]@{ name = 'HERE' } }
                    }
                }
                Test-PortExhaustion
            }.ToString())
        $null = $shell.BeginInvoke()
        $patience = [System.Diagnostics.Stopwatch]::StartNew()
        while ($shell.Streams.Warning.Count -lt 2 -and $patience.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 50 }
        $file = $shell.Streams.Warning[0].Message -replace '^folder '
        Test-Path -LiteralPath $file | Should -BeTrue
        $shell.Stop()
        $shell.Dispose()
        Test-Path -LiteralPath (Split-Path -Path $file -Parent) | Should -BeFalse
    }
}
