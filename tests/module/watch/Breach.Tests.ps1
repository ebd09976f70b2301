# Knows when ports are short, at each boundary, and how often something is done about it.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-Module $Manifest -Force -Global
    $start = [datetime]::SpecifyKind('2026-11-25T03:00:00', 'Utc')

    # What a course of samples { Minute, Used, Event } leads to: A something is done, b a breach lasts, . calm.
    function Get-Course {
        param([int] $Percent, [object[]] $Sample)
        $script:breach = $null
        $letters = foreach ($one in $Sample) {
            $time = $start.AddMinutes($one[0])
            $proof = @(if ($one.Count -gt 2) { [pscustomobject]@{ Id = $one[2]; Time = $time.AddSeconds(-1) } })
            $pool = if ($null -ne $one[1]) { [pscustomobject]@{ protocol = 'tcp'; usedPercent = $one[1] } }
            $step = InModuleScope PortExhaustion -Parameters @{ Breach = $script:breach; Pool = $pool; Proof = $proof; Percent = $Percent; Time = $time } {
                Get-BreachStep -Breach $Breach -Pool $Pool -Proof $Proof -Percent $Percent -Time $Time
            }
            $script:breach = $step.Breach
            if ($step.Act) { 'A' } elseif ($null -ne $step.Breach) { 'b' } else { '.' }
        }
        return -join $letters
    }
}

Describe 'A breach' {
    It '<What>: <Course>' -ForEach @(
        @{ What = 'begins at the limit'; Percent = 80; Sample = @((0, 79.9), (5, 80)); Course = '.A' }
        @{ What = 'lasts down to above 5 points below'; Percent = 80; Sample = @((0, 80), (5, 75.1), (10, 75), (15, 79.9), (20, 80)); Course = 'Abbbb' }
        @{ What = 'ends after a quarter of an hour of calm'; Percent = 80; Sample = @((0, 80), (5, 75), (19.9, 75), (20, 75), (25, 80)); Course = 'Abb.A' }
        @{ What = 'is one where the pool fills and empties all the time'; Percent = 80; Sample = @((0, 90), (5, 10), (10, 90), (15, 10), (20, 90), (60, 90)); Course = 'AbbbbA' }
        @{ What = 'by a share acts again at the first event'; Percent = 80; Sample = @((0, 80), (5, 90, 4231), (10, 90, 4231), (15, 99), (64.9, 99), (65, 99)); Course = 'AAbbbA' }
        @{ What = 'by an event ends although the clock was set back'; Percent = 80; Sample = @((600, 10, 4231), (0, 10), (15, 10)); Course = 'Ab.' }
        @{ What = 'acts once an hour'; Percent = 80; Sample = @((0, 90), (5, 90), (59.9, 99), (60, 90), (65, 90), (120, 90)); Course = 'AbbAbA' }
        @{ What = 'does not act where it is not bad again'; Percent = 80; Sample = @((0, 90), (70, 78), (75, 80)); Course = 'AbA' }
        @{ What = 'begins by an event at any level'; Percent = 80; Sample = @((0, 10), (5, 10, 4231), (10, 10), (64.9, 10), (65, 10)); Course = '.Abb.' }
        @{ What = 'by an event acts once an hour'; Percent = 80; Sample = @((0, 10, 4266), (30, 10, 4266), (60, 10, 4266), (89, 10)); Course = 'AbAb' }
        @{ What = 'by an event needs no sample'; Percent = 80; Sample = @((0, $null, 4231), (90, $null)); Course = 'Ab' }
        @{ What = 'is not ended by a sample that fails'; Percent = 80; Sample = @((0, 90), (5, $null), (10, 90)); Course = 'Abb' }
        @{ What = 'does not begin by a sample that fails'; Percent = 1; Sample = @(, (0, $null)); Course = '.' }
        @{ What = 'of a limit of 100 is a full pool'; Percent = 100; Sample = @((0, 99.9), (5, 100), (10, 95), (25, 95)); Course = '.Ab.' }
        @{ What = 'of a small limit ends at half of it'; Percent = 4; Sample = @((0, 4), (5, 2.1), (10, 2), (25, 2)); Course = 'Abb.' }
        @{ What = 'acts again where the clock was set back'; Percent = 80; Sample = @((600, 90), (0, 90)); Course = 'AA' }
    ) {
        Get-Course $Percent $Sample | Should -BeExactly $Course
    }

    It 'acts at most twice an hour in any course: for a share, and for an event' {
        $random = [System.Random]::new(4231)
        foreach ($round in 1..20) {
            $samples = foreach ($i in 0..60) { if ($random.Next(10) -eq 0) { , (($i * 5), $random.Next(101), 4231) } else { , (($i * 5), $random.Next(60, 101)) } }
            $course = Get-Course 80 $samples
            $acts = @(0..60 | Where-Object { $course[$_] -eq 'A' })
            $acts.Count | Should -BeGreaterThan 0
            # A course that has been calm for long between may act anew at once.
            for ($i = 2; $i -lt $acts.Count; $i++) {
                $between = $course.Substring($acts[$i - 2], $acts[$i] - $acts[$i - 2])
                if (-not $between.Contains('.')) { ($acts[$i] - $acts[$i - 2]) * 5 | Should -BeGreaterOrEqual 60 -Because $course }
            }
        }
    }

    It 'is of the fullest pool whose use is known' {
        InModuleScope PortExhaustion {
            $pools = @([pscustomobject]@{ protocol = 'tcp'; usedPercent = $null }, [pscustomobject]@{ protocol = 'udp'; usedPercent = 3 }, [pscustomobject]@{ protocol = 'tcp'; usedPercent = 4 })
            (Get-WorstPool -Pool $pools).usedPercent | Should -Be 4
            Get-WorstPool -Pool @() | Should -BeNullOrEmpty
        }
    }
}

Describe 'Events of a sample' {
    It 'are those after one moment and up to another, oldest first' {
        Mock Invoke-EventQuery -ModuleName PortExhaustion {
            $rows = foreach ($second in 600, 301, 300, 0, -1) { [pscustomobject]@{ Id = 4231; TimeCreated = ([datetime] '2026-11-25T03:00:00Z').AddSeconds($second) } }
            [pscustomobject]@{ Status = 'partial'; Reason = 'only the newest'; Rows = @($rows) }
        }
        $seen = InModuleScope PortExhaustion -Parameters @{ Start = $start } { Get-WatchEvent -After $Start -Until $Start.AddSeconds(301) }
        $seen.Rows.Time | Should -Be $start.AddSeconds(300), $start.AddSeconds(301)
        $seen.Rows[0].Time.Kind | Should -Be 'Utc'
        $seen.Reason | Should -Be 'only the newest'
        Should -Invoke Invoke-EventQuery -ModuleName PortExhaustion -ParameterFilter { $Filter.ProviderName -eq 'Tcpip' -and "$($Filter.Id)" -eq '4227 4231 4266' }
    }
}

Describe 'The text of an event' {
    It 'reaches eventcreate.exe as one argument without what the log gives a meaning' {
        Import-WatchModule
        Reset-FakeWindows
        InModuleScope PortExhaustion { Send-WatchEvent -Id 100 -Text "a 50% `"b`" %1`r`nC:\x y\" } | Should -BeNullOrEmpty
        $told = @((Get-FakeWindows).events)
        $told.Count, $told[0].id | Should -Be 1, 100
        $told[0].description | Should -BeExactly 'a 50_  b  _1  C:\x y\'
        InModuleScope PortExhaustion { Send-WatchEvent -Id 101 -Text ('x' * 40000) } | Should -BeNullOrEmpty
        @((Get-FakeWindows).events)[1].description | Should -Match '^x{7997}\.\.\.$'
        Set-FakeWindows @{ faults = @{ eventcreate = $true } }
        InModuleScope PortExhaustion { Send-WatchEvent -Id 1000 -Text 'x' } | Should -Match 'exit code 1'
        Remove-Module PortExhaustion -Force
    }
}
