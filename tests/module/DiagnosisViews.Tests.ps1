# Knows how findings, suspects and remedies must look on a terminal of 100 columns, and that a command can be copied from there.
BeforeDiscovery {
    # Commands as long as they get, each breakable by PowerShell's own rules.
    $commands = @(
        @{ Command = "Restart-Service -Name 'ContosoBilling' -Force" }
        @{ Command = 'netsh int ipv4 add excludedportrange protocol=tcp startport=50000 numberofports=64 store=persistent' }
        @{ Command = "Set-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters' -Name 'TcpTimedWaitDelay' -Value 30 -Type DWord" }
        @{ Command = "Get-NetTCPConnection -OwningProcess 5868 | Group-Object -Property State, RemoteAddress | Sort-Object -Property Count -Descending | Select-Object -First 20" }
        @{ Command = 'reg.exe add "HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters" /v MaxUserPort of the night /t REG_DWORD /d 65534 /f' }
        @{ Command = "Stop-Service -Name 'It''s the service of the night shift that has blanks in its name' -Force -Verbose -Confirm:`$false" }
        @{ Command = "net.exe stop winnat`nnetsh int ipv4 add excludedportrange protocol=tcp startport=50000 numberofports=64 store=persistent`nnet.exe start winnat" }
    )
    $parts = @(
        @{ Name = 'Findings'; Type = 'Finding' }
        @{ Name = 'Unchecked'; Type = 'UncheckedFinding' }
        @{ Name = 'Suspects'; Type = 'PoolSuspect' }
        @{ Name = 'Remedies'; Type = 'Remedy' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $width = 100
    $web01, $db02, $pc07, $widest = New-FakeCapture 'web01', 'db02', 'pc07', 'widest-machine' $TestDrive
    $case = New-Item -Path (Join-Path $TestDrive 'case') -ItemType Directory
    foreach ($name in 'a.txt', 'b.txt') { $null = New-Item -Path (Join-Path $case $name) -ItemType File }
    $verdicts = Test-PortExhaustion $web01, $db02, $pc07, $widest, $case.FullName -WarningAction SilentlyContinue

    # The lines that a list shows beside a label, without the indentation that all of them have.
    function Get-ItemText {
        param([string] $Text, [string] $Label)
        $lines = $Text -split "`r?`n"
        $start = [Array]::FindIndex($lines, [Predicate[string]] { param($line) $line -match "^$Label +:" })
        if ($start -lt 0) { return }
        $indent = $lines[$start].IndexOf(': ') + 2
        $lines[$start].Substring($indent)
        for ($index = $start + 1; $index -lt $lines.Count -and $lines[$index] -match "^ {$indent}\S| {$indent} "; $index++) {
            $lines[$index].Substring($indent)
        }
    }

    # What PowerShell reads, whatever the lines: its tokens without the marks of continued lines.
    function Get-TokenText {
        param([string] $Script)
        $tokens = $null
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput($Script, [ref] $tokens, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $tokens | Where-Object { $_.Kind -notin 'LineContinuation', 'EndOfInput' } | ForEach-Object { $_.Text }
    }

    function New-Remedy {
        param([hashtable] $With)
        $remedy = [ordered]@{
            PSTypeName = 'PortExhaustion.Remedy'
            order = 1; id = 'a-remedy'; title = 'Do something'; phase = 'Now'; findings = @('a-finding'); reason = 'It is so.'; commands = @()
            advice = @(); risk = 'None'; consequence = 'It is done.'; reboot = $false; reversible = $false; undo = @(); checkFirst = @()
            willNotFix = @(); sources = @(); computerName = 'WEB01'; source = $null
        }
        foreach ($name in $With.Keys) { $remedy[$name] = $With[$name] }
        [pscustomobject] $remedy
    }
}

Describe '<Name> of a verdict' -ForEach $parts {
    It 'are typed, and fit 100 columns as table and list, also after a journey' {
        $all = @($verdicts | ForEach-Object { $_.$Name })
        $all.Count | Should -BeGreaterThan 3
        $all | ForEach-Object { $_.PSObject.TypeNames[0] } | Sort-Object -Unique | Should -Be "PortExhaustion.$Type"
        $file = Join-Path $TestDrive "$Name.xml"
        $all | Export-Clixml -Path $file
        $back = Import-Clixml -Path $file
        foreach ($as in 'Default', 'List') {
            $text = Get-View $all -As $as
            Get-Width $text | Should -BeLessOrEqual $width
            Test-Ellipsis $text | Should -BeFalse
            Get-View $back -As $as | Should -Be $text
        }
    }

    It 'are lists even where there is nothing' {
        $verdicts | ForEach-Object { $_.$Name -is [array] | Should -BeTrue }
    }
}

Describe 'Table of findings' {
    It 'says how bad, what, and with which numbers' {
        $text = Get-View $verdicts[0].Findings
        $text | Should -Match '(?m)^Severity +Finding +Summary'
        $text | Should -Match '(?m)^Critical +Leak of bound sockets +Contoso\.Billing\.Connector\.Host\.exe \(115868\) holds 15,198'
        $text | Should -Match '(?m)^Information TcpTimedWaitDelay is set +TcpTimedWaitDelay is set to 30 seconds\.'
    }
}

Describe 'List of a finding' {
    It 'has all of it, in the order of reading, and a process only where there is one' {
        $labels = 'Finding', 'Process', 'Evidence', 'Why', 'Advice', 'Page'
        foreach ($finding in $verdicts[0].Findings) {
            $text = Get-View $finding -As List
            [regex]::Matches($text, '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value } |
                Should -Be ($labels | Where-Object { $_ -ne 'Process' -or $null -ne $finding.processId })
        }
        Get-View $verdicts[0].Findings[1] -As List | Should -Match 'Contoso\.Billing\.Connector\.Host\.exe \(115868\)\. Service: ContosoBilling\.'
        Get-View $verdicts[3].Findings[1] -As List | Should -Match 'Services in it, any of\s+which it may be'
    }
}

Describe 'List of what was not checked' {
    It 'has what was missing, and the page' {
        $text = Get-View $verdicts[2].Unchecked[0] -As List
        $text | Should -Match '(?m)^Not checked : Leak of bound sockets'
        $text | Should -Match '(?m)^Missing +: - TCP ports that are bound and not connected could not be seen'
        $text | Should -Match '(?m)^Page +: docs/findings/bound-leak\.md'
    }
}

Describe 'Table of suspects' {
    It 'has rank, ports, share, class, age, PID, name and why' {
        $text = Get-View $verdicts[0].Suspects
        $text | Should -Match '(?m)^ 1 +15198 +95 % bound +over a day +115868 Contoso\.Billing +95 % of the used ports'
        $text | Should -Match '(?m)^ +\(12200\)'
        $text | Should -Match '(?m)^ +\(culprit\)'
        $text | Should -Match '(?m)^ 2 +437 +3 % connected +over 4 min +4312 w3wp\.exe'
        $text | Should -Match '(?m)^ 3 +201 +1 % CLOSE_WAIT not told +1180 svchost\.exe'
    }

    It 'marks what is only inferred' {
        Get-View $verdicts[-1].Suspects | Should -Match '(?m)^ 1 +9800 +71 % TIME_WAIT +not told +2204 node\.exe'
        Get-View $verdicts[-1].Suspects | Should -Match '(?m)^ +\(inferred\)'
        Get-View $verdicts[-1].Suspects -As List | Should -Match 'This is inferred from other connections'
    }
}

Describe 'Age of the oldest ports' {
    It 'is <Expected>' -ForEach @(
        @{ Ages = @(1, 1, 1, 1, 9); Expected = 'over a day' }
        @{ Ages = @(1, 1, 1, 0, 9); Expected = 'over an hour' }
        @{ Ages = @(1, 1, 0, 0, 9); Expected = 'over 4 min' }
        @{ Ages = @(1, 0, 0, 0, 9); Expected = 'to 4 min' }
        @{ Ages = @(0, 0, 0, 0, 9); Expected = 'not told' }
        @{ Ages = @(0, 0, 0, 0, 0); Expected = 'not told' }
    ) {
        $verdict = Test-PortExhaustion $web01
        $names = 'minutes', 'hour', 'day', 'older', 'unknown'
        0..4 | ForEach-Object { $verdict.Suspects[0].ages.($names[$_]) = $Ages[$_] }
        Get-View @($verdict.Suspects[0]) | Should -Match "bound +$Expected +115868"
        Get-View $verdict -As List | Should -Match "bound +$Expected +Contoso"
    }
}

Describe 'Share of a suspect' {
    It '<Share> is <Expected>' -ForEach @(
        @{ Share = 0; Expected = '0 %' }
        @{ Share = 0.0049; Expected = '<1 %' }
        @{ Share = 0.005; Expected = '[01] %' }
        @{ Share = 0.951; Expected = '95 %' }
        @{ Share = 0.9949; Expected = '99 %' }
        @{ Share = 0.995; Expected = '>99 %' }
        @{ Share = 1; Expected = '100 %' }
    ) {
        $verdict = Test-PortExhaustion $web01
        $verdict.Suspects[0].share = $Share
        Get-View @($verdict.Suspects[0]) | Should -Match "(?m)^ 1 +15198 +$Expected bound"
        Get-View $verdict -As List | Should -Match "(?m)^Suspects +: .*\r?\n +15.198 +$Expected  bound"
    }
}

Describe 'Table of remedies' {
    It 'has rank, title, id, phase, risk and whether a restart is needed' {
        $text = Get-View (Get-PortRemedy $web01)
        $text | Should -Match '(?m)^   Computer: WEB01, from web01\.zip'
        $text | Should -Match '(?m)^ 1 Restart the service ContosoBilling +restart-service +Now +Medium no'
        $text | Should -Match '(?m)^ 3 Make the dynamic range larger +widen-range +Lasting +Low +yes'
    }

    It 'names the machine and <Name> as <Expected>' -ForEach @(
        @{ Name = 'no file'; Source = $null; Expected = 'WEB01' }
        @{ Name = 'a folder that is a capture'; Source = 'C:\Cases\first\capture.json'; Expected = 'WEB01, from first' }
        @{ Name = 'two'; Source = 'C:\Cases\first\capture.json', '/cases/second/capture.json'; Expected = 'WEB01, from first, second' }
        @{ Name = 'three'; Source = 'a.zip', 'b.zip', 'c.zip'; Expected = 'WEB01, from a.zip, b.zip, c.zip' }
        @{ Name = 'many'; Source = 'a.zip', 'b.zip', 'c.zip', 'd.zip', 'e.zip'; Expected = 'WEB01, from a.zip, 3 more, e.zip' }
    ) {
        Get-View (New-Remedy @{ source = $Source }) | Should -Match "(?m)^   Computer: $([regex]::Escape($Expected))\r?$"
    }
}

Describe 'Remedies of a verdict' {
    It 'look the same in strict mode, where what Get-PortRemedy adds is missing' {
        $shell = New-ModuleShell
        $script = {
            param($Path)
            Set-StrictMode -Version 3.0
            $remedies = (Test-PortExhaustion $Path).Remedies
            $remedies | Out-String -Width 100
            $remedies | Format-List | Out-String -Width 100
            "errors: $($Error.Count)"
        }
        $output = @($shell.AddScript($script.ToString()).AddArgument($web01).Invoke()) -replace "$([char] 27)\[[0-9;]*m", ''
        $shell.Dispose()
        $output[2] | Should -Be 'errors: 0'
        $output[0] | Should -Be (Get-View $verdicts[0].Remedies)
        $output[1] | Should -Be (Get-View $verdicts[0].Remedies -As List)
        $output[0] | Should -Match '(?m)^   Computer: not told\r?$'
        $output[1] | Should -Match '(?m)^Computer +: Not told\.'
    }
}

Describe 'The card of a remedy' {
    It 'has all that a person needs, in the order of acting' {
        $text = Get-View (Get-PortRemedy $web01 -Id 'widen-range') -As List
        [regex]::Matches($text, '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value } |
            Should -Be 'Remedy', 'Computer', 'Because', 'Check first', 'Commands', 'Consequence', 'Risk', 'Reboot', 'Undo', 'Will not fix', 'Sources'
        $text | Should -Match 'It takes effect after a restart of the machine only'
        $text | Should -Match 'Undo +: netsh int ipv4 set dynamicport tcp start=49152 num=16384'
    }

    It 'names <Count> files, or the first and the last of more' -ForEach @(
        @{ Count = 3; Expected = 'WEB01', 'Read from 1.zip', 'Read from 2.zip', 'Read from 3.zip' }
        @{ Count = 4; Expected = 'WEB01', 'Read from 1.zip', '2 more', 'Read from 4.zip' }
    ) {
        $files = @(1..$Count | ForEach-Object { "$_.zip" })
        Get-ItemText (Get-View (New-Remedy @{ source = $files }) -As List) 'Computer' | Should -Be $Expected
    }

    It 'says what to do where there is no command' {
        $text = Get-View (Get-PortRemedy $web01 -Id 'close-sockets') -As List
        $text | Should -Match 'To do +: - Dispose of a socket'
        $text | Should -Match 'Risk +: None: it changes nothing on the machine\.'
        $text | Should -Not -Match '(?m)^Commands'
    }

    It 'says of the risk <Risk>: <Expected>' -ForEach @(
        @{ Risk = 'None'; Expected = 'None: it changes nothing on the machine.' }
        @{ Risk = 'Low'; Expected = 'Low: it is undone at once.' }
        @{ Risk = 'Medium'; Expected = 'Medium: it interrupts a program.' }
        @{ Risk = 'High'; Expected = 'High: it interrupts the machine.' }
    ) {
        Get-ItemText (Get-View (New-Remedy @{ risk = $Risk; commands = @('Get-Date') }) -As List) 'Risk' | Should -Be $Expected
    }

    It 'says of undo: <Expected>' -ForEach @(
        @{ Reversible = $false; Undo = @('Get-Date'); Expected = 'It cannot be taken back.' }
        @{ Reversible = $true; Undo = @(); Expected = 'It can be taken back.' }
        @{ Reversible = $true; Undo = @('Get-Date', 'The old version.'); Expected = @('Get-Date', '- The old version.') }
    ) {
        Get-ItemText (Get-View (New-Remedy @{ reversible = $Reversible; undo = $Undo }) -As List) 'Undo' | Should -Be $Expected
    }

    It 'shows a command so that PowerShell reads the same: <Command>' -ForEach $commands {
        $remedy = New-Remedy @{ commands = @($Command, 'Get-Date'); undo = @($Command); checkFirst = @($Command); reversible = $true }
        $text = Get-View $remedy -As List
        Get-Width $text | Should -BeLessOrEqual $width
        $expected = Get-TokenText $Command
        Get-TokenText ((Get-ItemText $text 'Commands') -join "`n") | Should -Be (@($expected) + "`n" + 'Get-Date')
        Get-TokenText ((Get-ItemText $text 'Undo') -join "`n") | Should -Be $expected
        Get-TokenText ((Get-ItemText $text 'Check first') -join "`n") | Should -Be $expected
    }
}

Describe 'List of a verdict' {
    It 'shows the first command of each remedy so that PowerShell reads the same: <Command>' -ForEach $commands {
        $verdict = Test-PortExhaustion $web01
        $verdict.Remedies = @(New-Remedy @{ commands = @($Command, 'Get-Date'); risk = 'High'; reboot = $true })
        $lines = @(Get-ItemText (Get-View $verdict -As List) 'Remedies')
        $lines[0] | Should -Be 'Pipe this to Get-PortRemedy | Format-List first: what to check, and how to undo it.'
        $lines[1] | Should -Be '1. Do something (risk: High, needs a reboot, 2 commands)'
        Get-TokenText ($lines[2..($lines.Count - 1)] -join "`n") | Should -Be (Get-TokenText $Command)
    }

    It 'shows five remedies and five suspects, and counts the rest' {
        $text = Get-View $verdicts[3] -As List
        (Get-ItemText $text 'Remedies')[-1] | Should -Be '7 more.'
        @((Get-ItemText $text 'Remedies') -match '^\d\. ').Count | Should -Be 5
        (Get-ItemText $text 'Suspects')[-2..-1] | Should -Be '5 more.', '* Inferred from its other connections to the same endpoints: TIME_WAIT has no owner.'
    }

    It 'names no suspect of a healthy machine, and nothing to do where there is nothing' {
        $verdict = Test-PortExhaustion $web01
        $verdict.Level = 'Healthy'
        Get-View $verdict -As List | Should -Not -Match '(?m)^Suspects'
        $text = Get-View $verdicts[1] -As List
        $text | Should -Not -Match '(?m)^(Remedies|Findings|Suspects)'
        $text | Should -Match 'Not checked : Ports in containers\. None of it is ruled out; the property Unchecked says what\s+was\s+missing\.'
    }

    It 'is readable where a verdict is older than findings are' {
        $old = Test-PortExhaustion $web01
        foreach ($name in 'Remedies', 'Findings', 'Suspects', 'Unchecked') { $old.PSObject.Properties.Remove($name) }
        $text = Get-View $old -As List
        $text | Should -Match '(?m)^Evidence +: - A bind'
        $text | Should -Not -Match '(?m)^(Remedies|Findings|Suspects|Not checked)'
    }
}

Describe 'List of a report' {
    It 'has remedies and findings of its own' {
        $text = Get-View (Read-PortTrace (Get-FakeTrace 'leak')) -As List
        (Get-ItemText $text 'Remedies')[1..2] | Should -Be '1. Find out who holds the ports now', '   Get-AfdHandleOwner -ProcessId 5868'
        (Get-ItemText $text 'Not checked') -join ' ' | Should -Be 'Connections that the peer has closed. None of it is ruled out; the property unchecked says what was missing.'
        $text | Should -Match '(?m)^Findings +: - Critical: sailor\.exe \(5868\) held'
    }
}
