# Knows that the cmdlets of captures and the built engine work together, on files as people have them. Skipped where no engine was
# built; what the engine makes of each file is for its own tests.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $isMissing = -not (InModuleScope PortExhaustion { Get-EnginePath })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force

    # netstat -anoq of a German Windows, in its OEM code page (850): 0x94 is the o with two dots of "listening".
    function Write-GermanNetstat {
        param([string] $File, [int] $Bound)
        $rows = @('', 'Aktive Verbindungen', '', '  Proto  Lokale Adresse         Remoteadresse          Status           PID')
        foreach ($port in 135, 445, 3389) { $rows += "  TCP    0.0.0.0:$port          0.0.0.0:0              ABH$([char] 0x94)REN         1180" }
        $rows += foreach ($index in 0..($Bound - 1)) { "  TCP    0.0.0.0:$(49152 + $index)          0.0.0.0:0              GEBUNDEN         5868" }
        $rows += '  TCP    10.0.0.5:65001         10.0.0.9:1433          HERGESTELLT      4312', '  UDP    0.0.0.0:5353           *:*                                     1180'
        [System.IO.File]::WriteAllBytes($File, [byte[]] [char[]] (($rows -join "`r`n") + "`r`n"))
    }

    # netsh int ipv4 show dynamicport tcp of a French Windows: 0x82 is e with an acute accent.
    function Write-FrenchRange {
        param([string] $File, [int] $Ports)
        $text = "`r`nPlage de ports dynamiques du protocole tcp`r`n---------------------------------`r`nPort de d$([char] 0x82)marrage   : 49152`r`nNombre de ports     : $Ports`r`n`r`n"
        [System.IO.File]::WriteAllBytes($File, [byte[]] [char[]] $text)
    }
}

Describe 'Evidence of two languages (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    BeforeAll {
        $folder = New-Item -Path (Join-Path $TestDrive 'web01') -ItemType Directory
        Write-GermanNetstat -File (Join-Path $folder 'netstat.txt') -Bound 14000
        Write-FrenchRange -File (Join-Path $folder 'plage.txt') -Ports 16384
        $warnings = $null
        $verdict = Test-PortExhaustion -Path $folder.FullName -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'gives a verdict' {
        @($verdict).Count | Should -Be 1
        $verdict.Level, $verdict.Pattern, $verdict.Pool, $verdict.ExitCode | Should -Be 'Critical', 'BoundLeak', 'tcp', 2
        $verdict.Culprit.processId | Should -Be 5868
        $verdict.UsedPercent | Should -BeGreaterThan 85
        $verdict.Source | Should -Be $folder.FullName
        $verdict.Coverage.kind | Sort-Object | Should -Be 'dynamic-port-range', 'netstat'
    }

    It 'is the same from Get-ChildItem, and in Constrained Language Mode' {
        $expected = ConvertTo-Json -InputObject $verdict -Depth 9
        ConvertTo-Json -InputObject (Get-ChildItem -Path $folder | Test-PortExhaustion) -Depth 9 | Should -Be $expected
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        $locked = $shell.AddScript("Import-Module '$Manifest'; Test-PortExhaustion '$($folder.FullName)'").Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        ConvertTo-Json -InputObject $locked[0] -Depth 9 | Should -Be $expected
    }

    It 'answers the other questions' {
        (Get-PortPool $folder.FullName).used | Should -Be 14001, 0
        (Get-PortOwner $folder.FullName).processId | Should -Be 5868, 4312
        (Get-PortOwner $folder.FullName -ProcessId 5868).bound | Should -Be 14000
        Get-AfdHandleOwner $folder.FullName -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings.Message | Should -BeLike '*No list of AFD handles was read*'
    }
}

Describe 'Files that are none (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    It 'give errors with ids, and the next machine is read' {
        $other = New-Item -Path (Join-Path $TestDrive 'other') -ItemType Directory
        Write-GermanNetstat -File (Join-Path $other 'netstat.txt') -Bound 10
        $zip = Join-Path $TestDrive 'broken.zip'
        [System.IO.File]::WriteAllBytes($zip, [byte[]] (80, 75, 3, 4, 0, 0, 0, 0, 1, 2, 3))
        $empty = New-Item -Path (Join-Path $TestDrive 'empty.zip') -ItemType File
        $errors = $null
        $verdicts = @(Test-PortExhaustion $zip, $empty.FullName, (Join-Path $TestDrive 'missing.txt'), $other.FullName -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
        $verdicts.Count | Should -Be 1
        $errors.Count | Should -Be 3
        $errors.FullyQualifiedErrorId | Should -Be 'CaptureDamaged,Test-PortExhaustion', 'EvidenceFileEmpty,Test-PortExhaustion', 'EvidenceFileNotFound,Test-PortExhaustion'
    }

    It 'are Unknown and named, where their content tells of no ports' {
        $file = New-Item -Path (Join-Path $TestDrive 'letter.txt') -ItemType File -Value 'Dear Sir or Madam, all ports are gone.'
        $warnings = $null
        $verdict = Test-PortExhaustion $file.FullName -WarningVariable warnings -WarningAction SilentlyContinue
        $verdict.Level | Should -Be 'Unknown'
        $verdict.ExitCode | Should -Be 10
        $verdict.Coverage.status | Should -Be 'unrecognised'
        $warnings.Message -join ' ' | Should -BeLike '*letter.txt*'
    }
}
