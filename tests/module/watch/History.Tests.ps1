# Knows what must be true of a history: it never grows beyond its size, a crash costs a line and no more, it reads the same in every
# culture, and no name in it becomes a formula.
BeforeAll {
    . (Join-Path $PSScriptRoot 'WatchSetup.ps1')
    Import-Module $Manifest -Force -Global
    $start = [datetime]::SpecifyKind('2026-11-25T03:00:00', 'Utc')

    function Add-Sample {
        param([string] $Folder, [datetime] $Time, [object] $Percent = 10, [string] $Name = 'sailor.exe', [string] $Note = '', [long] $MostBytes = 4MB)
        InModuleScope PortExhaustion -Parameters @{ Folder = $Folder; Time = $Time; Sample = (New-Sample $Percent $Name); Note = $Note; MostBytes = $MostBytes } {
            Add-HistoryRow -Folder $Folder -Row @(ConvertTo-HistoryRow -Sample $Sample -Time $Time -Note $Note) -MostBytes $MostBytes
        }
    }

    function New-Folder { (New-Item -Path (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName }
}

Describe 'A history' {
    BeforeEach {
        $folder = New-Folder
        $file = Join-Path $folder 'history.csv'
    }

    It 'gives back what was kept' {
        Add-Sample $folder $start 12.5 -Note 'event 4227'
        $rows = @(Get-PortHistory -Path $folder)
        $rows.Count | Should -Be 2
        $rows[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortHistory'
        $rows[0].Time, $rows[0].Time.Kind | Should -Be $start, 'Utc'
        $rows[0].Protocol, $rows[0].Used, $rows[0].Capacity, $rows[0].UsedPercent | Should -Be 'tcp', 2048, 16384, 12.5
        $rows[0].TopProcessId, $rows[0].TopProcessName, $rows[0].TopPorts, $rows[0].Note | Should -Be 5868, 'sailor.exe', 900, 'event 4227'
        $rows[1].Protocol, $rows[1].UsedPercent | Should -Be 'udp', 1
    }

    It 'is the same in the culture <_>' -ForEach 'de-DE', 'ar-SA', 'th-TH' {
        Add-Sample $folder $start 12.5
        $text = [System.IO.File]::ReadAllText($file)
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
            [System.IO.File]::Delete($file)
            Add-Sample $folder $start 12.5
            $row = @(Get-PortHistory -Path $file)[0]
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        [System.IO.File]::ReadAllText($file) | Should -BeExactly $text
        $row.Time, $row.UsedPercent | Should -Be $start, 12.5
    }

    It 'knows nothing of a pool as $null' {
        InModuleScope PortExhaustion -Parameters @{ Folder = $folder; Time = $start } {
            $pool = [pscustomobject]@{ protocol = 'tcp'; family = ''; used = $null; capacity = $null; usedPercent = $null; level = 'Unknown' }
            Add-HistoryRow -Folder $Folder -Row @(ConvertTo-HistoryRow -Sample ([pscustomobject]@{ Pools = @($pool); TopOwner = $null; Problem = 'x' }) -Time $Time)
        }
        $row = Get-PortHistory -Path $folder
        foreach ($name in 'Used', 'Capacity', 'UsedPercent', 'TopProcessId', 'TopProcessName', 'TopPorts', 'Note', 'Family') { $row.$name | Should -Be $null }
    }

    It 'makes no formula of the name <Name>' -ForEach @(
        @{ Name = '=cmd|calc.exe'; Kept = "'=cmd|calc.exe" }
        @{ Name = '+1.exe'; Kept = "'+1.exe" }
        @{ Name = '-1.exe'; Kept = "'-1.exe" }
        @{ Name = '@sum.exe'; Kept = "'@sum.exe" }
        @{ Name = "`t=x.exe"; Kept = "' =x.exe" }
        @{ Name = "a`r`n=b"; Kept = 'a  =b' }
        @{ Name = 'say "so", a.exe'; Kept = 'say "so", a.exe' }
        @{ Name = 'a,",b'; Kept = 'a,",b' }
        @{ Name = '","'; Kept = '","' }
        @{ Name = ',"'; Kept = ',"' }
        @{ Name = "$([char] 0x30C8)$([char] 0xFC).exe"; Kept = "$([char] 0x30C8)$([char] 0xFC).exe" }
    ) {
        Add-Sample $folder $start -Name $Name
        @(Get-PortHistory -Path $folder)[0].TopProcessName | Should -BeExactly $Kept
        Get-PortHistory -Path $folder | ConvertTo-Csv -NoTypeInformation | Should -Not -Match ',"[=+@-]'
    }

    It 'loses one line, wherever a crash cuts it' {
        Add-Sample $folder $start
        Add-Sample $folder $start.AddMinutes(5)
        $whole = [System.IO.File]::ReadAllBytes($file)
        $header = [System.Text.Encoding]::UTF8.GetPreamble().Length + (InModuleScope PortExhaustion { Get-HistoryHeader }).Length
        for ($cut = 0; $cut -lt $whole.Length; $cut += 7) {
            [System.IO.File]::WriteAllBytes($file, [byte[]] $whole[0..$cut])
            $now = @(Get-PortHistory -Path $file -WarningAction SilentlyContinue)
            $now.Count | Should -BeLessOrEqual 4
            Add-Sample $folder $start.AddMinutes(10)
            $after = @(Get-PortHistory -Path $file -WarningAction SilentlyContinue -WarningVariable warnings)
            $after.Count | Should -Be ($now.Count + 2) -Because "cut after $cut bytes"
            $after[-1].Time | Should -Be $start.AddMinutes(10)
            @($warnings).Count | Should -BeLessOrEqual 1
        }
        $cut | Should -BeGreaterThan $header
    }

    It 'never exceeds its size, and both files are in order' {
        foreach ($step in 0..200) {
            Add-Sample $folder $start.AddMinutes(5 * $step) -MostBytes 4000
            foreach ($one in [System.IO.Directory]::GetFiles($folder)) { ([System.IO.FileInfo] $one).Length | Should -BeLessOrEqual 4000 }
        }
        [System.IO.Directory]::GetFiles($folder).Count | Should -Be 2
        $rows = @(Get-PortHistory -Path $folder)
        $rows[-1].Time | Should -Be $start.AddMinutes(1000)
        $gaps = for ($i = 2; $i -lt $rows.Count; $i += 2) { ($rows[$i].Time - $rows[$i - 2].Time).TotalMinutes }
        $gaps | Sort-Object -Unique | Should -Be 5
    }

    It 'with <Room> bytes of room moves: <Moves>' -ForEach @(@{ Room = 0; Moves = $false }, @{ Room = -1; Moves = $true }) {
        Add-Sample $folder $start
        $first = ([System.IO.FileInfo] $file).Length
        Add-Sample $folder $start
        $both = ([System.IO.FileInfo] $file).Length
        [System.IO.File]::Delete($file)
        $both | Should -BeGreaterThan $first
        Add-Sample $folder $start
        Add-Sample $folder $start -MostBytes ($both + $Room)
        [System.IO.File]::Exists((Join-Path $folder 'history.1.csv')) | Should -Be $Moves
    }

    It 'does not touch a file of the name <Name> that is something else' -ForEach @(@{ Name = 'history.csv'; Most = 4MB }, @{ Name = 'history.1.csv'; Most = 400 }) {
        $mine = Join-Path $folder $Name
        [System.IO.File]::WriteAllText($mine, 'my own notes')
        { foreach ($minute in 0, 5, 10) { Add-Sample $folder $start.AddMinutes($minute) -MostBytes $Most } } | Should -Throw '*no history of this module*'
        [System.IO.File]::ReadAllText($mine) | Should -Be 'my own notes'
    }

    It 'goes on after a power cut that left <Zeros> zeros' -ForEach @(@{ Zeros = 1 }, @{ Zeros = 130 }, @{ Zeros = 300 }, @{ Zeros = 5000 }) {
        [System.IO.File]::WriteAllBytes($file, (New-Object -TypeName byte[] -ArgumentList $Zeros))
        foreach ($minute in 0, 5) { Add-Sample $folder $start.AddMinutes($minute) }
        $rows = @(Get-PortHistory -Path $folder -WarningAction SilentlyContinue -WarningVariable warnings)
        $rows.Count | Should -Be 4
        @($warnings).Count | Should -BeLessOrEqual 1
    }

    It 'goes on after a power cut that left zeros at its end' {
        Add-Sample $folder $start
        $stream = [System.IO.File]::OpenWrite($file)
        $stream.SetLength($stream.Length + 300)
        $stream.Dispose()
        Add-Sample $folder $start.AddMinutes(5)
        @(Get-PortHistory -Path $folder -WarningAction SilentlyContinue).Count | Should -Be 4
    }
}

Describe 'Get-PortHistory' {
    BeforeAll {
        $folder = New-Folder
        foreach ($step in 0..3) { Add-Sample $folder $start.AddMinutes(5 * $step) (20 * $step + 1) }
    }

    It 'takes -Since with the moment itself, and -Last' {
        @(Get-PortHistory -Path $folder -Since $start.AddMinutes(10)).Count | Should -Be 4
        @(Get-PortHistory -Path $folder -Since $start.AddMinutes(10).AddTicks(1)).Count | Should -Be 2
        @(Get-PortHistory -Path $folder -Since $start.ToLocalTime()).Count | Should -Be 8
        (Get-PortHistory -Path $folder -Last 1).Protocol | Should -Be 'udp'
        @(Get-PortHistory -Path $folder -Last 100).Count | Should -Be 8
    }

    It 'is in order after the clock was set back, and -Last takes the newest then' {
        $back = New-Folder
        foreach ($minute in 10, 0, 5) { Add-Sample $back $start.AddMinutes($minute) }
        @(Get-PortHistory -Path $back).Time | Should -Be (@(0, 0, 5, 5, 10, 10) | ForEach-Object { $start.AddMinutes($_) })
        $newest = @(Get-PortHistory -Path $back -Last 3)
        $newest.Protocol | Should -Be 'udp', 'tcp', 'udp'
        $newest[0].Time | Should -Be $start.AddMinutes(5)
    }

    It 'passes over a line whose <What> cannot be, with a warning' -ForEach @(@{ What = 'time'; Old = '-25T'; New = '-99T' }, @{ What = 'number'; Old = '"900"'; New = '"99999999999999999999"' }) {
        $changed = New-Folder
        foreach ($minute in 0, 5) { Add-Sample $changed $start.AddMinutes($minute) }
        $file = Join-Path $changed 'history.csv'
        $lines = [System.IO.File]::ReadAllLines($file)
        $lines[1] = $lines[1].Replace($Old, $New)
        [System.IO.File]::WriteAllLines($file, $lines)
        @(Get-PortHistory -Path $changed -WarningAction SilentlyContinue -WarningVariable warnings).Count | Should -Be 3
        @($warnings).Count | Should -Be 1
    }

    It 'takes files and folders from the pipeline' {
        @($folder | Get-PortHistory).Count | Should -Be 8
        @(Get-Item (Join-Path $folder 'history.csv') | Get-PortHistory).Count | Should -Be 8
        @([pscustomobject]@{ Path = $folder } | Get-PortHistory).Count | Should -Be 8
    }

    It 'of <What> is <Id>' -ForEach @(
        @{ What = 'a folder without one'; Id = 'HistoryNotFound'; Make = { New-Folder } }
        @{ What = 'no file'; Id = 'HistoryNotFound'; Make = { Join-Path $TestDrive 'absent.csv' } }
        @{ What = 'another file'; Id = 'HistoryInvalid'; Make = { $path = Join-Path $TestDrive 'other.csv'; [System.IO.File]::WriteAllText($path, "a,b`r`n1,2`r`n"); $path } }
        @{ What = 'no drive'; Id = 'HistoryNotFound'; Make = { 'nodrive:\x' } }
    ) {
        $path = & $Make
        Get-FaultId { Get-PortHistory -Path $path } | Should -Be $Id
        $given | Should -BeNullOrEmpty
    }

    It 'looks the same after a journey, fits 100 columns and shows a bar' {
        $rows = Get-PortHistory -Path $folder
        $text = Get-View $rows
        Get-Width $text | Should -BeLessOrEqual 100
        Test-Ellipsis $text | Should -BeFalse
        $text | Should -Match '2026-11-25 03:15:00Z tcp both +9994 +61 #{13} +sailor\.exe \(5868\): 900'
        $file = Join-Path $TestDrive 'history.xml'
        $rows | Export-Clixml -Path $file
        Get-View (Import-Clixml -Path $file) | Should -Be $text
    }

    It 'gives the same in Constrained Language Mode' {
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $constrained = $shell.AddScript("Import-Module '$Manifest'; Get-PortHistory -Path '$folder' -Since '2026-11-25T03:05:00Z' -Last 5").Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
        $constrained | ConvertTo-Json | Should -Be (Get-PortHistory -Path $folder -Last 5 | ConvertTo-Json)
        $constrained[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortHistory'
    }
}
