# Knows what Windows refuses while somebody reads a history, and Linux does not: to move or delete it. Wine refuses the same.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../PortExhaustion.psd1') -Force
    $module = Get-Module PortExhaustion

    function Add-Sample {
        param([string] $Folder, [int] $Minute, [long] $MostBytes = 4MB)
        & $module {
            $pool = [pscustomobject]@{ protocol = 'tcp'; family = 'both'; used = 1; capacity = 16384; usedPercent = 0.01; level = 'Healthy' }
            $sample = [pscustomobject]@{ Pools = @($pool); TopOwner = $null; Problem = $null }
            $time = [datetime]::SpecifyKind('2026-11-25T03:00:00', 'Utc').AddMinutes($args[1])
            Add-HistoryRow -Folder $args[0] -Row @(ConvertTo-HistoryRow -Sample $sample -Time $time) -MostBytes $args[2]
        } $Folder $Minute $MostBytes
    }
}

Describe 'A history that somebody reads' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -Path $folder -ItemType Directory
        foreach ($minute in 0..9) { Add-Sample $folder $minute -MostBytes 800 }
        $before = @(Get-PortHistory -Path $folder).Count
        [IO.File]::Exists((Join-Path $folder 'history.1.csv')) | Should -BeTrue
    }

    It 'grows and turns over all the same, as by Get-Content -Wait: <_>' -ForEach 'history.csv', 'history.1.csv' {
        $reader = [IO.FileStream]::new((Join-Path $folder $_), 'Open', 'Read', 'ReadWrite')
        try {
            foreach ($minute in 10..30) { Add-Sample $folder $minute -MostBytes 800 }
        } finally {
            $reader.Dispose()
        }
        $rows = @(Get-PortHistory -Path $folder)
        $rows[-1].Time.Minute | Should -Be 30
        # No row is missing or double in what is kept.
        $minutes = @($rows | ForEach-Object { $_.Time.Minute })
        $minutes | Should -Be @($minutes[0]..30)
        foreach ($file in [IO.Directory]::GetFiles($folder)) { [IO.FileInfo]::new($file).Length | Should -BeLessOrEqual 800 }
    }

    It 'loses no row to somebody who lets nobody write: the sample says so' {
        $reader = [IO.FileStream]::new((Join-Path $folder 'history.csv'), 'Open', 'Read', 'Read')
        try {
            { foreach ($minute in 10..30) { Add-Sample $folder $minute -MostBytes 800 } } | Should -Throw
        } finally {
            $reader.Dispose()
        }
        @(Get-PortHistory -Path $folder).Count | Should -Be $before
    }
}
