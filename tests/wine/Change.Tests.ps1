# Growth on a live machine, in PowerShell for Windows under Wine: a program that opens ports between samples is found growing, one that
# opens and closes as many is not. Wine has no bound tables, so that handles alone show these ports; and no netsh that speaks, so that
# nobody knows the size of the pool and no time to exhaustion may be told.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Holder.ps1')
    Import-Module (Join-Path $PSScriptRoot '../../PortExhaustion.psd1') -Force
    # One has no socket yet when the first sample is taken, which must not hide what it opens later.
    $leaker = Start-Holder change
    $swapper = Start-Holder change
    $idle = Start-Holder sockets
    Send-HolderOrder $swapper 'bind 40 0' | Should -Be 'bound 40'

    function Get-Leftover {
        Get-ChildItem -Path ([IO.Path]::GetTempPath()) -Filter 'PortExhaustion-*' | ForEach-Object { $_.Name }
    }

    function Get-ChangeOf {
        param([object] $Answer, [object] $Holder, [string] $Protocol = 'tcp')
        $Answer.Changes | Where-Object { $_.processId -eq $Holder.ProcessId -and $_.protocol -eq $Protocol }
    }
}

AfterAll {
    foreach ($one in $leaker, $swapper, $idle) { if ($one) { Stop-Holder $one } }
}

Describe 'Measure-PortChurn on the live machine' {
    BeforeAll {
        $before = @(Get-Leftover)
        Mock Wait-ChurnInterval -ModuleName PortExhaustion {
            $null = Send-HolderOrder $leaker 'bind 40 0'
            $null = Send-HolderOrder $swapper 'bind 25 25'
            # Samples that are nearer than 10 seconds tell nothing.
            Start-Sleep -Seconds 6
        }
        $answer = Measure-PortChurn -Count 3 -WarningVariable warnings -WarningAction SilentlyContinue
        $leak = Get-ChangeOf $answer $leaker
        $swap = Get-ChangeOf $answer $swapper
    }

    It 'takes its samples and tells of them' {
        $answer.PSTypeNames[0] | Should -Be 'PortExhaustion.Comparison'
        $answer.ComputerName | Should -Be ([Environment]::MachineName)
        $answer.Captures.file | Should -Be 'sample-1', 'sample-2', 'sample-3'
        $answer.Minutes | Should -BeGreaterThan 0.2
        $warnings | Should -BeNullOrEmpty
    }

    It 'finds the one that grows, first' {
        $answer.Changes[0].processId | Should -Be $leaker.ProcessId
        $leak.processName | Should -Be 'hold.exe'
        $leak.before, $leak.after, $leak.net, $leak.opened, $leak.closed | Should -Be 0, 80, 80, 80, 0
        $leak.trend | Should -Be 'Growing'
        $leak.status | Should -Be 'Running'
        $leak.rate.lower | Should -BeGreaterThan 0
        [Math]::Abs($leak.rate.perMinute - 80 / $answer.Minutes) | Should -BeLessThan 0.01
    }

    It 'does not call the one growing that opens and closes' {
        $swap.before, $swap.after, $swap.net | Should -Be 40, 40, 0
        $swap.opened, $swap.closed | Should -Be 50, 50
        $swap.trend | Should -Be 'NotGrowing'
    }

    It 'does not call the one growing that does nothing' {
        foreach ($protocol in 'tcp', 'udp') {
            $still = Get-ChangeOf $answer $idle $protocol
            $still.net, $still.opened, $still.closed | Should -Be 0, 0, 0
            $still.trend | Should -Be 'NotGrowing'
        }
    }

    It 'says that the pool grows, and no time, as nobody knows its size' {
        $tcp = $answer.Growth | Where-Object protocol -EQ 'tcp'
        $tcp.trend | Should -Be 'Growing'
        $tcp.capacity | Should -BeNullOrEmpty
        $tcp.forecast | Should -BeNullOrEmpty
        ($answer.Growth | Where-Object protocol -EQ 'udp').trend | Should -Be 'NotGrowing'
    }

    It 'leaves no samples behind' {
        @(Get-Leftover) | Should -Be $before
    }
}

Describe 'Compare-PortSnapshot of the live machine' {
    BeforeAll {
        $first = New-PortSnapshot -Path (Join-Path $TestDrive 'first.zip') -WarningAction SilentlyContinue
        Send-HolderOrder $leaker 'bind 60 0' | Should -Be 'bound 140'
        Start-Sleep -Seconds 10
        $second = New-PortSnapshot -Path (Join-Path $TestDrive 'second.zip') -WarningAction SilentlyContinue
        $answer = $second, $first | Compare-PortSnapshot -WarningAction SilentlyContinue
    }

    It 'orders the snapshots by their time' {
        @($answer.Captures.file | Split-Path -Leaf) | Should -Be 'first.zip', 'second.zip'
        $answer.Captures[0].time | Should -Be $first.Time
    }

    It 'finds the one that grew, and none beside it' {
        $leak = Get-ChangeOf $answer $leaker
        $leak.before, $leak.after, $leak.trend | Should -Be 80, 140, 'Growing'
        (Get-ChangeOf $answer $swapper).trend | Should -Be 'NotGrowing'
        (Get-ChangeOf $answer $idle).trend | Should -Be 'NotGrowing'
    }

    It 'reads as on any machine' {
        $text = $answer | Out-String -Width 100
        $text | Should -Match 'hold\.exe \(\d+\), tcp'
        $text | Should -Match '\+60 +60 +0 +140 .* growing'
    }
}
