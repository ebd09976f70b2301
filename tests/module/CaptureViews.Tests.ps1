# Knows how answers about a machine must look on a terminal of 100 columns, in every culture and after a journey through a file.
BeforeDiscovery {
    $commands = 'Test-PortExhaustion', 'Get-PortPool', 'Get-PortOwner', 'Get-AfdHandleOwner', 'Get-PortReservation', 'Get-PortRemedy' | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $width = 100
    $web01, $db02, $pc07, $widest = New-FakeCapture 'web01', 'db02', 'pc07', 'widest-machine' $TestDrive
    $case = New-Item -Path (Join-Path $TestDrive 'case') -ItemType Directory
    foreach ($name in 'a.txt', 'b.txt') { $null = New-Item -Path (Join-Path $case $name) -ItemType File }
    $all = $web01, $db02, $pc07, $widest, $case.FullName
    $verdicts = Test-PortExhaustion $all -WarningAction SilentlyContinue
}

Describe 'Views of <Name>' -ForEach $commands {
    It 'fit 100 columns and cut nothing off' {
        $answer = @(& $Name $all -WarningAction SilentlyContinue)
        foreach ($text in (Get-View $answer), (Get-View $answer -As List)) {
            Get-Width $text | Should -BeLessOrEqual $width
            Test-Ellipsis $text | Should -BeFalse
        }
    }

    It 'are the same after two journeys through Export-Clixml' {
        $answer = @(& $Name $all -WarningAction SilentlyContinue)
        $file = Join-Path $TestDrive 'journey.xml'
        $back = $answer
        foreach ($turn in 1..2) {
            $back | Export-Clixml -Path $file
            $back = @(Import-Clixml -Path $file)
        }
        $back[0].PSObject.TypeNames[0] | Should -Be "Deserialized.$($answer[0].PSObject.TypeNames[0])"
        Get-View $back | Should -Be (Get-View $answer)
        Get-View $back -As List | Should -Be (Get-View $answer -As List)
    }

    It 'work where the session is in strict mode' {
        $shell = New-ModuleShell
        $script = { param($Name, $Path) Set-StrictMode -Version 3.0; & $Name $Path | Format-Table | Out-String -Width 100; & $Name $Path | Format-List | Out-String -Width 100 }
        $text = $shell.AddScript($script.ToString()).AddArgument($Name).AddArgument($web01).Invoke() -join ''
        $errors = @($shell.Streams.Error)
        $shell.Dispose()
        $errors | Should -BeNullOrEmpty
        $text | Should -Match 'WEB01'
    }
}

Describe 'Table of verdicts' {
    It 'says who, how bad, how full, in what pattern, how sure and by whom' {
        $text = Get-View $verdicts
        $text | Should -Match '(?m)^WEB01 +Exhausted tcp +98\.3 % BoundLeak +High +Contoso\.Billing\.Connector$'
        $text | Should -Match '\(115868\) 95 %'
        $text | Should -Match '(?m)^DB02 +Healthy +tcp +3\.9 % None +High +-$'
        $text | Should -Match '(?m)^case +Critical +tcp +84\.8 % TimeWaitChurn +Low +-$'
    }
}

Describe 'Verdict on a leak of handles' {
    It 'tells of no share of ports, of which the process may have none' {
        $verdict = $verdicts[0] | Select-Object -Property *
        $verdict.PSObject.TypeNames.Insert(0, 'PortExhaustion.Verdict')
        $verdict.Pattern = 'HandleLeak'
        $verdict.Culprit = [pscustomobject] @{
            processId = 5000; processName = 'leaky.exe'; services = @(); ports = 0; share = 0
            reason = 'leaky.exe (5000) has 12,000 AFD handles that hold no port of their own.'
        }
        $table = Get-View $verdict
        $table | Should -Match '\(5000\) by handles'
        $list = (Get-View $verdict -As List) -replace '\s+', ' '
        $list | Should -Match 'leaky\.exe \(5000\): for its AFD handles, not for ports\. leaky\.exe \(5000\) has 12,000 AFD handles'
        $verdict.Culprit.PSObject.TypeNames.Insert(0, 'PortExhaustion.PoolCulprit')
        $culprit = Get-View $verdict.Culprit
        $culprit | Should -Match '(?m)^leaky\.exe +5000 +0 +- +leaky\.exe \(5000\) has'
        "$table$list$culprit" | Should -Not -Match '\b0 ports|\b0 %'
    }
}

Describe 'List of a verdict' {
    BeforeAll {
        $text = Get-View $verdicts[0] -As List
        $lines = $text -split "`r?`n"
    }

    It 'is in the order in which a report is read' {
        $labels = [regex]::Matches($text, '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value }
        $labels | Should -Be 'Verdict', 'Computer', 'Culprit', 'Remedies', 'Findings', 'Suspects', 'Pools', 'Evidence', 'Not checked', 'Probe', 'Events', 'Reserved', 'Settings', 'Coverage', 'Exit code'
        $lines[1] | Should -Be 'Verdict     : Exhausted. Pattern: BoundLeak. Confidence: High.'
    }

    It 'has the numbers of the pools' {
        $text | Should -Match 'tcp +49152-65535 +16,256 +98\.3 % +264 +128 +12  Exhausted'
        $text | Should -Match '15,227 bound only, 611 connected'
    }

    It 'says what could not be read and why' {
        $text | Should -Match '20 of 21 sources read whole, 1 not on this machine\.'
        $text | Should -Match '- partial: afd-handles \(4 processes could not be opened'
    }

    It 'says where a range is only assumed, and that files do not tell their machine' {
        $text = Get-View $verdicts[-1] -As List
        $text | Should -Match '49152-65535\*'
        $text | Should -Match "\* Windows' default"
        $text | Should -Match 'Not told by the files'
        $text | Should -Not -Match 'Probe'
    }

    It 'leaves no percent sign alone' {
        Get-View $verdicts -As List | Should -Not -Match '(?m)^ *%'
    }
}

Describe 'Table of AFD owners' {
    BeforeAll {
        $text = Get-View (Get-AfdHandleOwner $web01)
    }

    It 'has the columns that the issue names' {
        $text | Should -Match 'Process +PID +Sockets +Ports +Bound +Conn +Listen +UDP +Helper +Handles +Files +Insp/Ref +Share'
        $text | Should -Match '(?m)^w3wp\.exe +4312 +604 +437 +2 +433 +2 +0 +7 +611 +651 +648/3 +4 %'
        $text | Should -Match 'Computer: WEB01'
    }

    It 'shows a dash, not 0, for a process that could not be looked at' {
        $text | Should -Match '(?m)^MsMpEng\.exe +3420 +- +- +- +- +- +- +- +- +100 +0/100 +0 %'
        $text | Should -Match '(?m)^ \(refused\)'
    }

    It 'shows few services and counts the rest' {
        $text | Should -Match '(?m)^ \+2 services'
    }
}

Describe 'Table of AFD owners of a leak that went on for weeks' {
    It 'breaks no number' {
        $answer = Get-AfdHandleOwner (New-FakeCapture 'million-handles' $TestDrive)
        $text = (Get-View $answer) -replace ',', '.'
        $text | Should -Match '(?m)^w3wp\.exe +4312 1234567 +1\.2M +2 +1\.2M +2 +123k +7 1234567 +1\.2M +12M/3 +4 %'
        Get-Width $text | Should -BeLessOrEqual $width
        # Under a name are only more of it, services and the status.
        $text -split "`r?`n" | Where-Object { $_ -match '^ {16,}\d' } | Should -BeNullOrEmpty
        Get-View $answer -As List | Should -Match '1.234.567 sockets'
    }
}

Describe 'Table of excluded ranges' {
    It 'says where a range is in both families, and where the source tells none' {
        $text = Get-View (Get-PortReservation $web01)
        $text | Should -Match '(?m)^tcp +both +5357 +5357 '
        $text | Should -Match '(?m)^tcp +ipv4 +50000 '
        $text | Should -Match '(?m)^udp +- +50000 +50059 '
    }
}

Describe 'Table of port owners' {
    It 'shows the holder beside a creator that is gone' {
        $text = Get-View (Get-PortOwner $web01 -Top 1)
        $text | Should -Match '(?m)^sailor\.exe +4120 tcp +15198 +95 % 15198 .*Contoso\.Billing'
        $text | Should -Match '(?m)^ \(has ended\)'
        $text | Should -Match '\(115868\)'
    }

    It 'calls PID 0 what it stands for, and unknown what is unknown' {
        $text = Get-View (Get-PortOwner $web01)
        $text | Should -Match '(?m)^TIME_WAIT +0 tcp +97'
        $text | Should -Match '(?m)^unknown +tcp +1 +<1 %'
    }
}

Describe 'Parts of a verdict' {
    It 'fit 100 columns' {
        foreach ($verdict in $verdicts) {
            foreach ($part in @($verdict.PSObject.Properties) + @($verdict.Pools | ForEach-Object { $_.PSObject.Properties['byClass', 'byFamily'] })) {
                if (@($part.Value).Count -eq 0 -or $null -eq $part.Value) { continue }
                $text = Get-View @($part.Value)
                # Plain strings are for the terminal to break.
                if ($part.Value -isnot [string] -and @($part.Value)[0] -isnot [string]) { Get-Width $text | Should -BeLessOrEqual $width -Because $part.Name }
                Test-Ellipsis $text | Should -BeFalse -Because $part.Name
            }
        }
    }
}

Describe 'A capture that was written' {
    It 'fits 100 columns, names what is missing, and survives a journey' {
        $folder = New-Item -Path (Join-Path $TestDrive ('Cases of the night shift/' + 'x' * 40)) -ItemType Directory
        $snapshot = InModuleScope PortExhaustion -Parameters @{ File = (New-FakeCapture 'PORTS-PRD-WEU-WEB-0001-20261124-031142' $folder) } {
            $artifacts = foreach ($name in 'tcp-ipv4', 'tcp-ipv6', 'udp-ipv4', 'udp-ipv6', 'events', 'probe') { [pscustomobject]@{ name = $name; status = 'failed'; reason = 'this is a reason as long as reasons get, with words of any length, and more of it' } }
            $artifacts[5].status = 'read'
            $machine = [pscustomobject]@{ name = 'PRD-WEU-WEB-0001'; time = '2026-11-24T03:11:42.0000000Z' }
            New-SnapshotRecord -Capture ([pscustomobject]@{ Path = $File; Format = 'zip'; Machine = $machine; Artifacts = @($artifacts) })
        }
        $file = Join-Path $TestDrive 'snapshot.xml'
        $snapshot | Export-Clixml -Path $file
        $back = Import-Clixml -Path $file
        foreach ($text in (Get-View $snapshot), (Get-View $back), (Get-View $snapshot -As List), (Get-View $back -As List)) {
            Get-Width $text | Should -BeLessOrEqual $width
            Test-Ellipsis $text | Should -BeFalse
        }
        Get-View $snapshot | Should -Match '(?m)^PRD-WEU-WEB-0001 2026-11-24 03:11:42Z +0\.0 KB +1 +5 '
        Get-View $back -As List | Should -Match '1 of 6 sources read whole'
        Get-View $back -As List | Should -Match '- failed: tcp-ipv4, tcp-ipv6, udp-ipv4, udp-ipv6, events \(this is'
    }
}

Describe 'Dates' {
    It 'are Gregorian and UTC in the culture <_>' -ForEach 'de-DE', 'th-TH', 'ar-SA' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
            $list = Get-View $verdicts[0] -As List
            $events = Get-View $verdicts[0].Events
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $list | Should -Match 'at 2026-11-24 03:11:42Z'
        $events | Should -Match '2026-11-24 03:10:40Z'
    }
}
