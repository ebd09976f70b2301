# Knows how the state of a recording is kept: whole or not at all, the same on every edition, by one process at a time.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')
    Import-RecordModule
}

Describe 'State of a recording' {
    BeforeEach {
        Reset-FakeWindows
    }

    It 'is as it was written' {
        InModuleScope PortExhaustion {
            Read-TraceState | Should -BeNullOrEmpty
            $state = New-TraceState -Path 'C:\a b\x.etl' -Until Event, Duration -Minutes 5 -Percent 90 -Task 'PortExhaustion Trace'
            $state.phase, $state.owner.sid, $state.requestedBy.sid | Should -Be 'requested', 'S-1-5-18', 'S-1-5-21-1-2-3-1001'
            $state.started = '2026-11-25T03:00:00.1234567Z'
            $state.end = [pscustomobject]@{ trigger = 'Event'; time = '2026-11-25T03:10:00.0000000Z'; detail = 'event 4231' }
            $state.sessions = @('one')
            Write-TraceState -State $state
            Write-TraceState -State $state
            $back = Read-TraceState
            ConvertTo-Json $back -Depth 6 | Should -Be (ConvertTo-Json $state -Depth 6)
            $back.started, $back.end.time | Should -Be '2026-11-25T03:00:00.1234567Z', '2026-11-25T03:10:00.0000000Z'
            $back.created | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$'
            , $back.sessions | Should -BeOfType [object[]]
            [System.IO.Directory]::GetFiles((Get-DataFolder)).Count | Should -Be 1
            Remove-TraceState
            Remove-TraceState
            Read-TraceState | Should -BeNullOrEmpty
        }
    }

    It 'is of this user without -Until' {
        InModuleScope PortExhaustion {
            $state = New-TraceState -Path 'C:\x.etl'
            $state.phase, $state.owner.sid, $state.until.Count, $state.task | Should -Be 'starting', 'S-1-5-21-1-2-3-1001', 0, $null
        }
    }

    It 'is damaged where it is <What>' -ForEach @(
        @{ What = 'cut off'; Text = '{"format":"portexhaustion-trace","version":1,' }
        @{ What = 'empty'; Text = '' }
        @{ What = 'a list'; Text = '[1]' }
        @{ What = 'of something else'; Text = '{"a":1}' }
    ) {
        InModuleScope PortExhaustion -Parameters @{ Text = $Text } {
            [System.IO.File]::WriteAllText((Get-TraceStatePath), $Text)
            { Read-TraceState } | Should -Throw -ExceptionType ([System.IO.InvalidDataException]) -ExpectedMessage '*trace.json*'
        }
    }

    It 'is damaged where a newer version or a phase that nobody knows is in it' {
        InModuleScope PortExhaustion {
            foreach ($change in @{ version = 2 }, @{ phase = 'sleeping' }, @{ format = 'x' }) {
                $state = New-TraceState -Path 'C:\x.etl'
                foreach ($name in $change.Keys) { $state.$name = $change[$name] }
                Write-TraceState -State $state
                { Read-TraceState } | Should -Throw -ExceptionType ([System.IO.InvalidDataException])
            }
        }
    }
}

Describe 'Lock' {
    BeforeEach {
        Reset-FakeWindows
    }

    It 'gives what its block gives, and is free again after an error' {
        InModuleScope PortExhaustion {
            { Use-TraceLock { throw 'inside' } } | Should -Throw 'inside'
            $outer = 'seen'
            Use-TraceLock { $outer; 2 } | Should -Be 'seen', 2
        }
    }

    It 'is held by one at a time' {
        InModuleScope PortExhaustion {
            Use-TraceLock {
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                { Use-TraceLock { 'never' } -TimeoutSeconds 1 } | Should -Throw -ExceptionType ([System.TimeoutException])
                $clock.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 1
            }
        }
    }

    It 'does not wait for a folder that is not there' {
        InModuleScope PortExhaustion {
            [System.IO.Directory]::Delete((Get-DataFolder), $true)
            { Use-TraceLock { } } | Should -Throw -ExceptionType ([System.IO.DirectoryNotFoundException])
        }
    }
}

Describe 'Data folder' {
    BeforeEach {
        Reset-FakeWindows
    }

    It 'is made, and stays' {
        InModuleScope PortExhaustion {
            [System.IO.Directory]::Delete((Get-DataFolder), $true)
            Initialize-DataFolder | Should -BeNullOrEmpty
            Initialize-DataFolder | Should -BeNullOrEmpty
            [System.IO.Directory]::Exists((Get-DataFolder)) | Should -BeTrue
        }
    }

    It 'of somebody else is refused' {
        Mock Test-FolderSafety -ModuleName PortExhaustion { [pscustomobject]@{ kind = 'error'; code = 'folder-not-safe'; message = 'of anna'; advice = 'x'; path = $Path } }
        InModuleScope PortExhaustion { (Initialize-DataFolder).code | Should -Be 'folder-not-safe' }
    }

    It 'that cannot be made is said' {
        InModuleScope PortExhaustion {
            [System.IO.Directory]::Delete((Get-DataFolder), $true)
            [System.IO.File]::WriteAllText((Get-DataFolder), 'in its place')
            (Initialize-DataFolder).code | Should -Be 'state-not-written'
        }
    }
}
