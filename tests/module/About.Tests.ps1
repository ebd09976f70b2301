# Knows what may be expected of about_PortExhaustion: that Get-Help finds it beside the manifest, that it names what a verdict may say, and
# that whatever it tells to type can be typed.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $file = [System.IO.Path]::Combine($Repository, 'en-US', 'about_PortExhaustion.help.txt')
    $lines = [System.IO.File]::ReadAllLines($file)
    $text = $lines -join "`n"
    # Commands stand alone, eight blanks from the margin.
    $code = @($lines | Where-Object { $_ -match '^ {8}\S' })
}

Describe 'about_PortExhaustion' {
    It 'is found by Get-Help from the folder of the manifest' {
        $shell = New-ModuleShell -Bare
        $help = $shell.AddScript('param($Manifest) Import-Module $Manifest; Get-Help about_PortExhaustion').AddArgument($Manifest).Invoke()
        $errors = @($shell.Streams.Error)
        $shell.Dispose()
        $errors | Should -BeNullOrEmpty
        @($help).Count | Should -Be 1
        ([string] $help[0]) -replace "`r" | Should -Be "$text`n"
        $help[0].Synopsis | Should -BeLike 'How to read a verdict*'
    }

    It 'begins as Get-Help wants it, and fits a console of 80 columns in any code page' {
        $lines[0..2] | Should -Be 'TOPIC', '    about_PortExhaustion', ''
        $lines[3] | Should -Be 'SHORT DESCRIPTION'
        $lines | Where-Object { $_.Length -gt 79 -or $_ -match '[^\x20-\x7E]|\s$' } | Should -BeNullOrEmpty
    }

    It 'names every <Name> of the contract' -ForEach @(
        @{ Name = 'level'; Schema = 'common'; Path = @('level') }
        @{ Name = 'pattern'; Schema = 'common'; Path = @('pattern') }
        @{ Name = 'confidence'; Schema = 'common'; Path = @('confidence') }
        @{ Name = 'severity'; Schema = 'diagnosis'; Path = @('finding', 'properties', 'severity') }
        @{ Name = 'phase'; Schema = 'diagnosis'; Path = @('remedy', 'properties', 'phase') }
        @{ Name = 'risk'; Schema = 'diagnosis'; Path = @('remedy', 'properties', 'risk') }
    ) {
        $node = (Read-Schema $Schema).'$defs'
        foreach ($step in $Path) { $node = $node.$step }
        @($node.enum).Count | Should -BeGreaterThan 2
        foreach ($value in $node.enum) { $text | Should -MatchExactly "\b$value\b" }
    }

    It 'has a section for each part of a verdict that needs reading' {
        foreach ($section in 'LEVEL', 'PATTERN', 'CULPRIT AND CONFIDENCE', 'FINDINGS', 'UNCHECKED', 'SUSPECTS', 'REMEDIES', 'READING THE NUMBERS', 'BLIND SPOTS') {
            $lines | Should -Contain $section
        }
    }

    It 'names commands that exist' {
        $named = @([regex]::Matches($text, '\b[A-Z][a-z]+-[A-Z]\w+') | ForEach-Object { $_.Value } | Sort-Object -Unique)
        $named.Count | Should -BeGreaterThan 10
        foreach ($name in $named) { Get-Command -Name $name | Should -Not -BeNullOrEmpty -Because $name }
    }

    It 'tells to type what parses, with parameters that exist' {
        $code.Count | Should -BeGreaterThan 15
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput(($code -join "`n"), [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $parameters = (Get-Command -Name $call.GetCommandName()).Parameters
            $given = $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }
            foreach ($parameter in $given) { $parameters.Keys | Should -Contain $parameter.ParameterName -Because $call.Extent.Text }
        }
    }

    It 'names parameters in its sentences that <Command> has' -ForEach @(
        @{ Command = 'Test-PortExhaustion'; Parameters = 'Path', 'ComputerName' }
    ) {
        $prose = ($lines | Where-Object { $code -notcontains $_ }) -join "`n"
        $named = @([regex]::Matches($prose, '(?<=\s)-([A-Z]\w+)') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique)
        $named | Should -Be ($Parameters | Sort-Object)
        foreach ($name in $named) { (Get-Command -Name $Command).Parameters.Keys | Should -Contain $name }
    }

    It 'names properties that a verdict has' {
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
        $verdict = Test-PortExhaustion (New-FakeCapture 'web01' $TestDrive)
        $named = @([regex]::Matches(($code -join "`n"), '\(Test-PortExhaustion\)\.(\w+)') | ForEach-Object { $_.Groups[1].Value })
        $named | Should -Be 'Findings', 'Unchecked', 'Suspects'
        foreach ($name in $named) { $verdict.PSObject.Properties.Name | Should -Contain $name }
    }

    It 'is pointed to by the help of <_>' -ForEach 'Test-PortExhaustion', 'Read-PortTrace', 'Get-PortRemedy' {
        (Get-Help -Name $_ -Full).relatedLinks | Out-String | Should -Match '(?m)^\s*about_PortExhaustion\s*$'
    }
}
