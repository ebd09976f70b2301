# Knows that comparisons, measurements, histories and the built engine work together, on captures that the module's own collector writes.
# Skipped where no engine was built; what the engine makes of a series is for its own tests.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $isMissing = -not (InModuleScope PortExhaustion { Get-EnginePath })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force

    # A machine that was started at three o'clock. The leaker has bound so many ports, another program opens and closes ten.
    function Write-Capture {
        param([string] $Folder, [int] $Minute, [int] $Bound, [string] $Computer = 'WEB01', [int] $StartMinute = 0, [int] $Second = 0)
        $null = New-Item -Path $Folder -ItemType Directory -Force
        InModuleScope PortExhaustion -Parameters @{ Folder = $Folder; Minute = $Minute; Bound = $Bound; Computer = $Computer; StartMinute = $StartMinute; Second = $Second } {
            $start = [datetime]::SpecifyKind('2026-11-24T03:00:00', 'Utc')
            $time = { ConvertTo-CaptureTime -Time $start.AddMinutes($args[0]).AddSeconds($args[1]) }
            $machine = [ordered]@{
                name = $Computer; osBuild = 20348; time = (& $time $Minute $Second); pointerSize = 8; elevated = $true; debugPrivilege = $true; wine = $false
            }
            $capture = New-PortCapture -Machine ([pscustomobject] $machine) -Folder $Folder
            $row = { [pscustomobject]@{ LocalAddress = '0.0.0.0'; LocalPort = $args[0]; RemoteAddress = '0.0.0.0'; RemotePort = 0; State = $args[1]; OwningProcess = $args[2]; CreationTime = (& $time 1 0) } }
            $listeners = @(135, 445 | ForEach-Object { & $row $_ 2 1180 })
            $leaked = @(for ($port = 50000; $port -lt 50000 + $Bound; $port++) { & $row $port 100 5868 })
            $fleeting = @(for ($index = 0; $index -lt 10; $index++) { & $row (60000 + 10 * $Minute + $index) 100 4312 })
            $csv = { (@($args[0] | ConvertTo-Csv -NoTypeInformation) -join "`r`n") + "`r`n" }
            Add-CaptureArtifact -Capture $capture -Name 'bound-tcp-connections' -Kind 'net-tcp-connection' -Status read -Entry 'bound-tcp-connections.csv' -Text (& $csv ($leaked + $fleeting)) -Protocol 'tcp'
            Add-CaptureArtifact -Capture $capture -Name 'tcp-connections' -Kind 'net-tcp-connection' -Status read -Entry 'tcp-connections.csv' -Text (& $csv $listeners) -Protocol 'tcp'
            Add-CaptureArtifact -Capture $capture -Name 'processes' -Kind 'processes' -Status read
            $capture.Processes = @(foreach ($one in @(4, 'System', $StartMinute), @(1180, 'svchost.exe', $StartMinute), @(5868, 'sailor.exe', ($StartMinute + 1)), @(4312, 'w3wp.exe', ($StartMinute + 1))) {
                    [ordered]@{ processId = $one[0]; parentId = 4; name = $one[1]; path = $null; created = (& $time $one[2] 0); session = 0 }
                })
            Add-CaptureArtifact -Capture $capture -Name 'services' -Kind 'services' -Status read
            $range = "`r`nProtocol tcp Dynamic Port Range`r`n---------------------------------`r`nStart Port      : 49152`r`nNumber of Ports : 16384`r`n`r`n"
            foreach ($family in 'ipv4', 'ipv6') {
                Add-CaptureArtifact -Capture $capture -Name "dynamic-range-tcp-$family" -Kind 'dynamic-port-range' -Status read -Entry "dynamic-range-tcp-$family.txt" -Text $range -Protocol 'tcp' -Family $family
            }
            Complete-PortCapture -Capture $capture -Tool 'PortExhaustion'
        }
    }

    $series = Join-Path $TestDrive 'series'
    foreach ($minute in 10, 15, 20) { Write-Capture -Folder (Join-Path $series $minute) -Minute $minute -Bound (100 * $minute) }
    $files = 10, 15, 20 | ForEach-Object { Join-Path $series $_ }
}

Describe 'Snapshots of a leak (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    BeforeAll {
        $answer = Compare-PortSnapshot $files
        $tcp = $answer.Growth | Where-Object protocol -EQ 'tcp'
    }

    It 'name the process that grows, at its true rate, and when the pool is full' {
        $answer.ComputerName | Should -Be 'WEB01'
        $answer.Minutes | Should -Be 10
        $tcp.trend | Should -Be 'Growing'
        $tcp.rate.perMinute | Should -Be 100
        $tcp.rate.lower | Should -BeLessThan 100
        $tcp.rate.upper | Should -BeGreaterThan 100
        $tcp.capacity | Should -Be 16384
        $tcp.forecast.minutes | Should -Be ((16384 - 2010) / 100)
        $tcp.forecast.time | Should -Be ([datetime]::SpecifyKind('2026-11-24T03:20:00', 'Utc').AddMinutes((16384 - 2010) / 100))
        $answer.Changes[0].processName | Should -Be 'sailor.exe'
        $answer.Changes[0].net, $answer.Changes[0].opened, $answer.Changes[0].closed, $answer.Changes[0].trend | Should -Be 1000, 1000, 0, 'Growing'
    }

    It 'say of the one that opens and closes that it is not growing' {
        $other = $answer.Changes | Where-Object processName -EQ 'w3wp.exe'
        $other.net, $other.opened, $other.closed, $other.trend | Should -Be 0, 20, 20, 'NotGrowing'
    }

    It 'are told in whatever order and form they come, and in Constrained Language Mode' {
        $expected = ConvertTo-Json -InputObject $answer -Depth 9
        ConvertTo-Json -InputObject (Compare-PortSnapshot $files[2] $files[0], (Join-Path $files[1] 'capture.json')) -Depth 9 | Should -Be $expected
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        $locked = $shell.AddScript("param(`$Path) Import-Module '$Manifest'; Compare-PortSnapshot `$Path").AddArgument($files).Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        ConvertTo-Json -InputObject $locked[0] -Depth 9 | Should -Be $expected
    }

    It 'read well' {
        $text = Get-View $answer
        $text | Should -Match '(?m)^ +tcp +1.010 -> 2.010 +16.384 +\+100\.0 \('
        $text | Should -Match 'Full in 2 h 23 min \('
        $text | Should -Match 'sailor\.exe \(5868\), tcp'
        Get-Width $text | Should -BeLessOrEqual 100
    }
}

Describe 'Snapshots that cannot be compared (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    It 'are refused by <Id>' -ForEach @(
        @{ Id = 'CapturesOfTwoMachines'; Second = @{ Minute = 20; Bound = 2000; Computer = 'WEB02' } }
        @{ Id = 'CapturesRestartBetween'; Second = @{ Minute = 20; Bound = 100; StartMinute = 12 } }
        @{ Id = 'CapturesTooFew'; Second = @{ Minute = 10; Bound = 1000 } }
    ) {
        $other = Join-Path $TestDrive $Id
        Write-Capture -Folder $other @Second
        $errors = $null
        Compare-PortSnapshot $files[0] $other -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be "$Id,Compare-PortSnapshot"
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'are refused where the clock was set back: a process is younger than the snapshot that shows it' {
        $other = Join-Path $TestDrive 'set-back'
        Write-Capture -Folder $other -Minute 5 -Bound 2000
        $manifest = Join-Path $other 'capture.json'
        $json = [System.IO.File]::ReadAllText($manifest)
        $created = $json.LastIndexOf('2026-11-24T03:01:00')
        [System.IO.File]::WriteAllText($manifest, $json.Remove($created, 19).Insert($created, '2026-11-24T03:12:00'))
        $errors = $null
        Compare-PortSnapshot $files[0] $other -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'CapturesClockJump,Compare-PortSnapshot'
    }

    It 'are refused where they tell no time' {
        $text = New-Item -Path (Join-Path $TestDrive 'netstat.txt') -ItemType File -Value "  TCP    0.0.0.0:135    0.0.0.0:0    LISTENING    1180`r`n"
        $errors = $null
        Compare-PortSnapshot $files[0] $text.FullName -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'CaptureInvalid,Compare-PortSnapshot'
    }
}

Describe 'A measurement (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    BeforeAll {
        Mock Test-PortCollector -ModuleName PortExhaustion { }
        Mock Get-RegistryBuild -ModuleName PortExhaustion { 20348 }
        Mock Start-Sleep -ModuleName PortExhaustion { }
        $taken = @{ Samples = @() }
        Mock Save-PortCapture -ModuleName PortExhaustion {
            $sample = $taken.Samples[0]
            $taken.Samples = @($taken.Samples | Select-Object -Skip 1)
            $folder = $Path -replace '\.zip$'
            Write-Capture -Folder $folder @sample
            [pscustomobject]@{ Path = (Join-Path $folder 'capture.json'); Format = 'folder'; Machine = [pscustomobject]@{ name = 'WEB01' }; Artifacts = @([pscustomobject]@{ name = 'bound-tcp-ipv4'; status = 'read' }) }
        }
    }

    It 'finds who grows, and calls samples by their names' {
        $taken.Samples = @{ Minute = 10; Bound = 1000 }, @{ Minute = 10; Bound = 1040; Second = 30 }, @{ Minute = 11; Bound = 1085 }
        $answer = Measure-PortChurn
        $answer.Captures.file | Should -Be 'sample-1', 'sample-2', 'sample-3'
        $answer.Minutes | Should -Be 1
        $answer.Changes[0].processName, $answer.Changes[0].net, $answer.Changes[0].trend | Should -Be 'sailor.exe', 85, 'Growing'
        @($answer.Growth | Where-Object protocol -EQ 'tcp').trend | Should -Be 'Growing'
    }

    It 'says that nobody grows' {
        $taken.Samples = @{ Minute = 10; Bound = 1000 }, @{ Minute = 10; Bound = 1002; Second = 30 }, @{ Minute = 11; Bound = 1001 }
        $answer = Measure-PortChurn
        @($answer.Growth | Where-Object protocol -EQ 'tcp').trend | Should -Be 'NotGrowing'
        ($answer.Changes | Where-Object processName -EQ 'sailor.exe').trend | Should -Be 'NotGrowing'
        Get-View $answer | Should -Match 'tcp +1.010 -> 1.011 .* not growing'
    }

    It 'names no folder of its own' {
        $taken.Samples = @{ Minute = 10; Bound = 1000 }, @{ Minute = 20; Bound = 1000; Computer = 'WEB02' }
        $errors = $null
        Measure-PortChurn -Count 2 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'CapturesOfTwoMachines,Measure-PortChurn'
        $errors[0].Exception.Message | Should -BeLike 'sample-1*sample-2*'
        $errors[0].Exception.Message | Should -Not -Match 'PortExhaustion-'
    }
}

Describe 'A history of the watch (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    BeforeAll {
        # As the watch writes it: a sample each 5 minutes.
        function Write-History {
            param([string] $Folder, [int[]] $Used)
            $null = New-Item -Path $Folder -ItemType Directory -Force
            InModuleScope PortExhaustion -Parameters @{ Folder = $Folder; Used = $Used } {
                foreach ($index in 0..($Used.Count - 1)) {
                    $pool = [pscustomobject]@{ protocol = 'tcp'; family = $null; used = $Used[$index]; capacity = 16384; usedPercent = $Used[$index] / 163.84; level = 'Healthy' }
                    $sample = [pscustomobject]@{ Pools = @($pool); TopOwner = $null; Problem = $null }
                    $time = [datetime]::SpecifyKind('2026-11-24T00:00:00', 'Utc').AddMinutes(5 * $index)
                    Add-HistoryRow -Folder $Folder -Row @(ConvertTo-HistoryRow -Sample $sample -Time $time)
                }
            }
        }
    }

    It 'says how fast a pool grows, and until when' {
        $folder = Join-Path $TestDrive 'growing'
        Write-History -Folder $folder -Used (0..40 | ForEach-Object { 1000 + 50 * $_ + $_ % 3 })
        $growth = Measure-PortChurn -HistoryPath $folder
        $growth.trend | Should -Be 'Growing'
        $growth.rate.lower | Should -BeLessThan 10
        $growth.rate.upper | Should -BeGreaterThan 10
        $growth.samples | Should -Be 41
        $growth.forecast.minutes | Should -BeGreaterThan 1000
        $growth.source | Should -Be $folder
    }

    It 'says that a pool is not growing' {
        $folder = Join-Path $TestDrive 'steady'
        Write-History -Folder $folder -Used (0..40 | ForEach-Object { 1000 + 40 * ($_ % 2) })
        $growth = Measure-PortChurn -HistoryPath (Join-Path $folder 'history.csv')
        $growth.trend | Should -Be 'NotGrowing'
        $growth.forecast | Should -BeNullOrEmpty
    }

    It 'is refused where the file is something else' {
        $folder = Split-Path -Path (New-FakeSeries 'other' $TestDrive -File 'history.csv') -Parent
        [System.IO.File]::WriteAllText((Join-Path $folder 'history.csv'), "a,b`r`n1,2`r`n")
        $errors = $null
        Measure-PortChurn -HistoryPath $folder -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'HistoryInvalid,Measure-PortChurn'
    }
}
