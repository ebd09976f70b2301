# Knows how long the collectors wait for others, and whom they ask again: a machine in trouble answers late or never.
BeforeAll {
    . (Join-Path $PSScriptRoot 'CollectSetup.ps1')
}

Describe 'Who does not answer in time' {
    BeforeEach {
        $capture = New-TestCapture
    }

    It 'is asked once, if it is a tool' {
        Mock Invoke-InboxTool { [pscustomobject]@{ IsTimedOut = $true; Status = 'failed'; Reason = "$Name did not end within 10 s"; Bytes = $null } }
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $false; Status = 'absent'; Reason = 'no such class'; Rows = @() } }
        Add-PortRange -Capture $capture
        Should -Invoke Invoke-InboxTool -Times 1 -Exactly
        $texts = @($capture.Artifacts | Where-Object name -NE 'dynamic-ranges')
        $texts.Count | Should -Be 8
        $texts.status | Select-Object -Unique | Should -Be 'failed'
        $texts[0].reason, $texts[7].reason | Should -Be 'netsh.exe did not end within 10 s', 'not asked again: netsh.exe did not end within 10 s'
        # Others are.
        Add-TextTable -Capture $capture
        Should -Invoke Invoke-InboxTool -ParameterFilter { $Name -eq 'netstat.exe' } -Times 1 -Exactly
    }

    It 'is asked once, if it is WMI, whatever the class' {
        Mock Invoke-CimQuery { [pscustomobject]@{ IsTimedOut = $true; Status = 'failed'; Reason = "${ClassName}: no answer within 12 s"; Rows = @() } }
        Add-CimRange -Capture $capture
        Add-ScriptedProcessList -Capture $capture -Reason 'x'
        Should -Invoke Invoke-CimQuery -Times 1 -Exactly
        $capture.Artifacts[0].reason | Should -Be 'MSFT_NetTCPSetting: no answer within 12 s; not asked: MSFT_NetTCPSetting: no answer within 12 s'
    }

    It 'is known by the time that its error took' {
        Mock Get-Date { $script:now = $script:now.AddSeconds(10); $script:now }
        $script:now = [datetime] '2026-11-25T03:00:00Z'
        Mock Invoke-TimedCommand { throw 'late' }
        (Invoke-CimQuery -Namespace 'root/cimv2' -ClassName 'Win32_Service').IsTimedOut | Should -BeTrue
        (Invoke-CimQuery -Namespace 'root/cimv2' -ClassName 'Win32_Service' -TimeoutSeconds 11).IsTimedOut | Should -BeFalse
    }

    It 'is left when the user stops waiting: <What>' -ForEach @(
        @{ What = 'for a command'; Script = 'Invoke-TimedCommand -Name Start-Sleep -Parameter @{ Seconds = 60 } -TimeoutSeconds 30' }
        @{ What = 'for a tool'; Script = 'Invoke-InboxTool -Name sleep -ArgumentList 60 -Folder /bin -TimeoutSeconds 30' }
    ) {
        if ($env:OS -eq 'Windows_NT' -and $What -eq 'for a tool') { Set-ItResult -Skipped -Because 'there is no /bin' }
        $text = ([System.IO.Directory]::GetFiles($CollectFolder, '*.ps1', 'AllDirectories') | ForEach-Object { [System.IO.File]::ReadAllText($_) }) -join "`n"
        $shell = [powershell]::Create()
        $running = $shell.AddScript("$text`nWrite-Progress -Activity begun`n$Script").BeginInvoke()
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while ($shell.Streams.Progress.Count -eq 0 -and $clock.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 20 }
        Start-Sleep -Milliseconds 300
        $running.IsCompleted | Should -BeFalse
        $clock.Restart()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.Dispose()
    }
}

Describe 'CIM' {
    It 'that does not answer is left alone after its time' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        { Invoke-TimedCommand -Name Start-Sleep -Parameter @{ Seconds = 60 } -TimeoutSeconds 1 } | Should -Throw 'no answer within 1 s'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'gives its rows, or its own error' {
        Invoke-TimedCommand -Name Write-Output -Parameter @{ InputObject = 1, 2 } -TimeoutSeconds 20 | Should -Be 1, 2
        { Invoke-TimedCommand -Name Get-Item -Parameter @{ Path = '/no/such'; ErrorAction = 'Stop' } -TimeoutSeconds 20 } | Should -Throw -ErrorId 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
    }

    It 'is <Status> after the error <Id>' -ForEach @(
        @{ Id = 'HRESULT 0x8004100e,Get-CimInstance'; Status = 'absent' }
        @{ Id = 'HRESULT 0x80041010,Get-CimInstance'; Status = 'absent' }
        @{ Id = 'HRESULT 0x80041003,Get-CimInstance'; Status = 'refused' }
        @{ Id = 'HRESULT 0x80070422,Get-CimInstance'; Status = 'failed' }
    ) {
        Mock Invoke-TimedCommand { throw [System.Management.Automation.ErrorRecord]::new([System.Exception]::new('bad'), $Id, 'NotSpecified', $null) }
        $answer = Invoke-CimQuery -Namespace 'root/cimv2' -ClassName 'Win32_Service'
        $answer.Status, $answer.Reason | Should -Be $Status, 'Win32_Service: bad'
        $answer.Rows.Count | Should -Be 0
    }

    It 'is asked for no longer than its time, with a filter where one is given' {
        Mock Invoke-TimedCommand { 7 }
        (Invoke-CimQuery -Namespace 'root/cimv2' -ClassName 'Win32_Service' -Filter 'a = 1' -TimeoutSeconds 3).Rows | Should -Be 7
        Should -Invoke Invoke-TimedCommand -Times 1 -Exactly -ParameterFilter { $Parameter.OperationTimeoutSec -eq 3 -and $Parameter.Filter -eq 'a = 1' -and $TimeoutSeconds -eq 5 }
    }
}
