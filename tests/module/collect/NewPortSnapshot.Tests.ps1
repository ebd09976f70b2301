# Knows what New-PortSnapshot makes of paths, and what it says: where the file goes, what it refuses, what it warns of.
BeforeAll {
    . (Join-Path $PSScriptRoot 'CollectSetup.ps1')
    . (Join-Path $PSScriptRoot '../../../module/public/New-PortSnapshot.ps1')
    Mock Test-PortCollector { }
    Mock Save-PortCapture {
        [System.IO.File]::WriteAllText($Path, '12345')
        $artifacts = foreach ($status in 'read', 'read', 'partial', 'absent') { [pscustomobject]@{ name = 'afd-handles'; status = $status; reason = 'why' } }
        [pscustomobject]@{ Path = $Path; Format = 'zip'; Machine = [pscustomobject]@{ name = 'WEB01'; time = '2026-11-25T03:00:00.1234567Z'; elevated = $true }; Artifacts = $artifacts }
    }
    $env:COMPUTERNAME = 'WEB01'
}

Describe 'New-PortSnapshot' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -Path $folder -ItemType Directory
        Push-Location -LiteralPath $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'gives one object of plain values' {
        $snapshot = New-PortSnapshot -Path 'a.zip'
        $snapshot.PSTypeNames[0] | Should -Be 'PortExhaustion.PortSnapshot'
        $snapshot.Path | Should -Be (Join-Path $folder 'a.zip')
        $snapshot.ComputerName, $snapshot.Format, $snapshot.SizeBytes | Should -Be 'WEB01', 'zip', 5
        $snapshot.Time.ToString('o') | Should -Be '2026-11-25T03:00:00.1234567Z'
        $snapshot.Artifacts.Count | Should -Be 4
        $snapshot.Coverage.read, $snapshot.Coverage.partial, $snapshot.Coverage.refused, $snapshot.Coverage.failed, $snapshot.Coverage.absent | Should -Be 2, 1, 0, 0, 1
    }

    It 'takes <Given> for <Expected>' -ForEach @(
        @{ Given = $null; Expected = 'PORTS-WEB01-\d{8}-\d{6}\.zip' }
        @{ Given = '.'; Expected = 'PORTS-WEB01-\d{8}-\d{6}\.zip' }
        @{ Given = 'a.zip'; Expected = 'a\.zip' }
        @{ Given = 'a'; Expected = 'a\.zip' }
        @{ Given = 'a.b'; Expected = 'a\.b\.zip' }
        @{ Given = 'A.ZIP'; Expected = 'A\.zip' }
        @{ Given = 'a [1].zip'; Expected = 'a \[1\]\.zip' }
    ) {
        $option = @{}
        if ($Given) { $option.Path = $Given }
        $snapshot = New-PortSnapshot @option
        $snapshot.Path | Should -MatchExactly ("^$([regex]::Escape($folder + [System.IO.Path]::DirectorySeparatorChar))$Expected$")
    }

    It 'hands on what to read, for how long, and who asks' {
        $null = New-PortSnapshot -Path 'a.zip' -Part Tables, Probe -TimeoutSeconds 42
        Should -Invoke Save-PortCapture -Times 1 -Exactly -ParameterFilter { "$Part" -eq 'Tables Probe' -and $TimeoutSeconds -eq 42 -and $Tool -like 'PortExhaustion*' }
    }

    It 'overwrites no file, unless it is told to' {
        [System.IO.File]::WriteAllText((Join-Path $folder 'a.zip'), 'mine')
        New-PortSnapshot -Path 'a.zip' -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotExists,New-PortSnapshot'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        [System.IO.File]::ReadAllText((Join-Path $folder 'a.zip')) | Should -Be 'mine'
        (New-PortSnapshot -Path 'a.zip' -Force).SizeBytes | Should -Be 5
    }

    It 'leaves a folder of the same name alone, with -Force and without' {
        foreach ($name in 'a', 'b.zip') {
            $null = New-Item -Path "$name/evidence.txt" -ItemType File -Force
        }
        (New-PortSnapshot -Path 'a.zip').SizeBytes | Should -Be 5
        (New-PortSnapshot -Path 'a.zip' -Force).SizeBytes | Should -Be 5
        New-PortSnapshot -Path 'b' -Force -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotExists,New-PortSnapshot'
        foreach ($name in 'a', 'b.zip') { Test-Path -LiteralPath "$name/evidence.txt" | Should -BeTrue }
    }

    It 'keeps the old file until the new one is whole' {
        [System.IO.File]::WriteAllText((Join-Path $folder 'a.zip'), 'mine')
        Mock Save-PortCapture { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        { New-PortSnapshot -Path 'a.zip' -Force } | Should -Throw -ErrorId 'SnapshotWriteFailed,New-PortSnapshot'
        [System.IO.File]::ReadAllText((Join-Path $folder 'a.zip')) | Should -Be 'mine'
    }

    It 'leaves one file under the name that was given, and says it' {
        [System.IO.File]::WriteAllText((Join-Path $folder 'a.zip'), 'mine')
        (New-PortSnapshot -Path 'a.zip' -Force).Path | Should -Be (Join-Path $folder 'a.zip')
        (Get-ChildItem).Name | Should -Be 'a.zip'
        [System.IO.File]::ReadAllText((Join-Path $folder 'a.zip')) | Should -Be '12345'
    }

    It 'says where the new file is if the old one stays' {
        [System.IO.File]::WriteAllText((Join-Path $folder 'a.zip'), 'mine')
        Mock Remove-Item { throw [System.IO.IOException]::new('It is in use.') }
        $problem = $null
        try { New-PortSnapshot -Path 'a.zip' -Force } catch { $problem = $_ }
        $problem.Exception.Message | Should -Match "a\.zip': It is in use\. The new capture is '([^']+)'\."
        $null = $problem.Exception.Message -match "capture is '([^']+)'"
        [System.IO.File]::ReadAllText($Matches[1]) | Should -Be '12345'
    }

    It 'makes no folder' {
        New-PortSnapshot -Path 'no/such/a.zip' -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotFolderNotFound,New-PortSnapshot'
        Should -Invoke Save-PortCapture -Times 0 -Exactly
    }

    It 'takes no path that is none of files' {
        New-PortSnapshot -Path 'Env:a.zip' -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'SnapshotFolderNotFound,New-PortSnapshot'
    }

    It 'writes nothing with -WhatIf' {
        New-PortSnapshot -Path 'a.zip' -WhatIf | Should -BeNullOrEmpty
        Should -Invoke Save-PortCapture -Times 0 -Exactly
    }

    It 'ends with one clear error where the file cannot be written' {
        Mock Save-PortCapture { throw [System.IO.IOException]::new('There is not enough space on the disk.') }
        { New-PortSnapshot -Path 'a.zip' } | Should -Throw -ErrorId 'SnapshotWriteFailed,New-PortSnapshot' -ExpectedMessage '*a.zip*There is not enough space on the disk.'
    }

    It 'reads no other system than Windows' {
        Mock Test-PortCollector { 'live reading needs Windows' }
        New-PortSnapshot -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'LiveReadNotSupported,New-PortSnapshot'
        $problems[0].Exception.Message | Should -Be 'New-PortSnapshot: live reading needs Windows.'
    }

    It 'names its errors in its help' {
        $notes = (Get-Help -Name New-PortSnapshot -Full).alertSet.alert.Text -join "`n"
        foreach ($id in 'LiveReadNotSupported', 'SnapshotExists', 'SnapshotFolderNotFound', 'SnapshotWriteFailed') { $notes | Should -Match "(?m)^$id +\S" }
    }
}

Describe 'The warning for want of elevation' {
    BeforeAll {
        function Get-Warning {
            param([object] $Elevated, [hashtable[]] $Artifact)
            $capture = [pscustomobject]@{ Machine = [pscustomobject]@{ elevated = $Elevated }; Artifacts = @($Artifact | ForEach-Object { [pscustomobject] $_ }) }
            Write-SnapshotShortfall -Capture $capture -WarningVariable warnings -WarningAction SilentlyContinue
            return @($warnings | ForEach-Object Message)
        }
        $short = @{ name = 'afd-handles'; status = 'partial'; reason = 'of 9 processes 5 could not be opened' }, @{ name = 'services'; status = 'refused'; reason = 'no' }, @{ name = 'tcp-settings'; status = 'partial'; reason = 'x' }
    }

    It 'is one line, of what was refused' {
        Get-Warning $false $short | Should -Be 'Not run as administrator, so not all could be read: afd-handles (of 9 processes 5 could not be opened); services (no).'
    }

    It 'is not given to an administrator, nor where nothing was refused' {
        Get-Warning $true $short | Should -BeNullOrEmpty
        Get-Warning $null $short | Should -BeNullOrEmpty
        Get-Warning $false $short[2] | Should -BeNullOrEmpty
    }
}
