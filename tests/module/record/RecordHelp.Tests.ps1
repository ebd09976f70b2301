# Knows that what the help of recordings says of limits, properties, states and ends is what holds.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')
    Import-RecordModule

    function Get-Text {
        param([object] $Part)
        return (($Part | Out-String) -replace '\s+', ' ')
    }
    function Get-Source {
        param([string] $Name)
        return (InModuleScope PortExhaustion -Parameters @{ Name = $Name } { (Get-Item -Path "function:$Name").Definition })
    }
}

AfterAll {
    Remove-Module PortExhaustion -Force
}

Describe 'Help of recordings' {
    It 'gives the limits of -<_>' -ForEach 'MaxSizeMB', 'Minutes' {
        $range = (Get-Command -Name Start-PortTrace).Parameters[$_].Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateRangeAttribute] }
        Get-Text (Get-Help -Name Start-PortTrace -Parameter $_).description.Text | Should -Match "\b$($range.MinRange) to $($range.MaxRange)\b"
    }

    It 'gives the longest time of a recording that nothing ends' {
        $ends = InModuleScope PortExhaustion { Get-TraceEnd -Bound @{} -Until Event -Percent 90 -Minutes 60 }
        $ends.Minutes | Should -Be (7 * 24 * 60)
        Get-Text (Get-Help -Name Start-PortTrace -Parameter Until).description.Text | Should -Match 'ends after seven days'
    }

    It 'names in <_> each property, and no other' -ForEach 'Start-PortTrace', 'Get-PortTrace' {
        Reset-FakeWindows
        $own = InModuleScope PortExhaustion { @((ConvertTo-PortTrace -State (New-TraceState -Path 'C:\x.etl')).PSObject.Properties | ForEach-Object { $_.Name }) }
        $text = Get-Text (Get-Help -Name $_ -Full).returnValues.returnValue.type.name
        $text = $text -replace '^\s*PortExhaustion\.PortTrace' -replace '\([^)]*\)' -replace '\band\b', ','
        @($text -split '[,.\s]+' | Where-Object { $_ }) | Sort-Object | Should -Be ($own | Sort-Object)
    }

    It 'names each state and each end that Get-PortTrace shows' {
        $text = Get-Text (Get-Help -Name Get-PortTrace -Full).returnValues.returnValue.type.name
        $phases = [regex]::Match((Get-Source Read-TraceState), "phases = (.*)").Groups[1].Value -split "[', ]+" | Where-Object { $_ -match '\w' } | ForEach-Object { $_.Trim() }
        $shown = [regex]::Matches((Get-Source Get-ShownPhase), "return '(\w+)'") | ForEach-Object { $_.Groups[1].Value }
        $told = [regex]::Match($text, 'State \(([^)]*)\)').Groups[1].Value -split ', '
        $phases.Count | Should -Be 6
        $told | Sort-Object | Should -Be (@($phases) + @($shown) | Sort-Object)
        $triggers = [regex]::Matches((Get-Source Get-DueEnd) + (Get-Source Invoke-TraceStep), "trigger *= '(\w+)'") | ForEach-Object { $_.Groups[1].Value }
        [regex]::Match($text, 'EndedBy \(([^)]*)\)').Groups[1].Value -split ', ' | Sort-Object | Should -Be ($triggers | Sort-Object -Unique)
    }
}
