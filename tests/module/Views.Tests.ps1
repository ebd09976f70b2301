# Knows how reports must look on a terminal of 100 columns, in every culture and after a journey through a file or a job.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $width = 100
    $reports = Read-PortTrace (Get-FakeTrace 'leak', 'healthy', 'packets', 'widest')
}

Describe 'Table of reports' {
    BeforeAll {
        $text = Get-View $reports
        $lines = $text -split "`r?`n"
    }

    It 'fits 100 columns and cuts nothing off' {
        Get-Width $text | Should -BeLessOrEqual $width
        Test-Ellipsis $text | Should -BeFalse
    }

    It 'answers who, what and how sure in its first row' {
        $first = ($lines | Where-Object { $_ -like 'web01*' })[0]
        $first | Should -Match 'yes +BoundLeak +sailor\.exe +1284 +w3wp\.exe +34 min$'
        $text | Should -Match '\(confidence High\) +\(5868\) 93 % +\(4312\) \+3'
    }

    It 'shows the longest pattern whole' {
        $text | Should -Match 'unknown +DestinationSaturation '
    }
}

Describe 'List of a report' {
    BeforeAll {
        $text = Get-View $reports -As List
    }

    It 'fits 100 columns and cuts nothing off' {
        Get-Width $text | Should -BeLessOrEqual $width
        Test-Ellipsis $text | Should -BeFalse
    }

    It 'begins with the file, the answer and what to do, before what it rests on' {
        $labels = [regex]::Matches((Get-View $reports[0] -As List), '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value }
        $labels[0..7] | Should -Be 'File', 'Verdict', 'Culprit', 'Remedies', 'Findings', 'Because', 'Not checked', 'Binds'
    }

    It 'has nothing to do and nothing found where that is so' {
        $labels = [regex]::Matches((Get-View $reports[1] -As List), '(?m)^(\w[\w ]*?) +:') | ForEach-Object { $_.Groups[1].Value }
        $labels[0..4] | Should -Be 'File', 'Verdict', 'Culprit', 'Because', 'Binds'
    }

    It 'says what the trace cannot tell' {
        $text | Should -Match 'Lost while recording: 1.204 events'
        $text | Should -Match 'not decoded: event 1006 version 3'
        $text | Should -Match 'Damaged buffers: 37;'
        $text | Should -Match 'never closed'
        $text | Should -Match 'Nothing before 2026-11-24 02:00:00Z was asked for'
    }

    It 'names unknown processes so, and marks owners that are inferred' {
        $text | Should -Match 'unknown \(no PID\) \*'
        $text | Should -Match '(?m)^ +\* Process of the requests'
    }
}

Describe 'Parts of a report' {
    It 'fit 100 columns' {
        foreach ($report in $reports) {
            foreach ($part in @($report.PSObject.Properties) + @($report.coverage.PSObject.Properties) + $report.verdict.PSObject.Properties['culprit']) {
                if ($null -eq $part.Value) { continue }
                $text = Get-View @($part.Value)
                Get-Width $text | Should -BeLessOrEqual $width -Because $part.Name
                Test-Ellipsis $text | Should -BeFalse -Because $part.Name
            }
        }
    }
}

Describe 'Failed calls' {
    It 'are a table by day that fits 100 columns' {
        $text = Get-View (Read-PortTrace (Get-FakeTrace 'failures') -Failure)
        Get-Width $text | Should -BeLessOrEqual $width
        Test-Ellipsis $text | Should -BeFalse
        $text | Should -Match 'Day \(UTC\): 2026-11-24'
        $text | Should -Match '(?m)^02:58:11\.000 w3wp\.exe +4312 bind +tcp +at 0\.0\.0\.0:0 +0xC0000209 yes'
    }
}

Describe 'Views elsewhere' {
    It 'are the same after Export-Clixml and Import-Clixml' {
        $file = Join-Path $TestDrive 'reports.xml'
        $reports | Export-Clixml -Path $file
        $back = Import-Clixml -Path $file
        $back[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.PortExhaustion.TraceReport'
        Get-View $back | Should -Be (Get-View $reports)
        Get-View $back -As List | Should -Be (Get-View $reports -As List)
        Get-View $back[0].holders | Should -Be (Get-View $reports[0].holders)
    }

    It 'are the same after a second journey' {
        $file = Join-Path $TestDrive 'again.xml'
        foreach ($turn in 1..2) {
            $(if ($turn -eq 1) { $reports } else { Import-Clixml -Path $file }) | Export-Clixml -Path "$file.new"
            Move-Item -Path "$file.new" -Destination $file -Force
        }
        Get-View (Import-Clixml -Path $file) -As List | Should -Be (Get-View $reports -As List)
    }

    It 'keep Gregorian UTC dates in the culture <_>' -ForEach 'de-DE', 'th-TH', 'ar-SA' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
            $text = Get-View $reports[0] -As List
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $text | Should -Match '2026-11-24 02:58:11\.045Z'
        $text | Should -Match '2026-11-24 03:14:50Z +svchost'
    }

    It 'work where the session is in strict mode' {
        $shell = New-ModuleShell
        $script = { param($Path) Set-StrictMode -Version 3.0; Read-PortTrace $Path | Format-List | Out-String -Width 100 }
        $text = $shell.AddScript($script.ToString()).AddArgument((Get-FakeTrace 'leak', 'packets')).Invoke() -join ''
        $shell.Dispose()
        $text | Should -Match 'sailor\.exe \(5868\), 93 %'
        $text | Should -Match 'Victims +: This trace does not show them'
    }
}
