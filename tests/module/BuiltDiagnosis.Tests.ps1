# Knows what must hold of findings and remedies whatever the built engine makes of a capture, a recording or a trace: that they belong to
# each other, that what is to be typed can be typed, and that all of it can be read. Skipped where no engine was built.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $isMissing = -not (InModuleScope PortExhaustion { Get-EnginePath })
    $fixtures = [System.IO.Path]::Combine($Repository, 'tests', 'fixtures')
    $sources = @(Get-ChildItem -Path (Join-Path $fixtures 'captures') | ForEach-Object { @{ Name = $_.Name; File = $_.FullName; Command = 'Test-PortExhaustion' } }) +
    @(Get-ChildItem -Path (Join-Path $fixtures 'etl') -Filter 'built__*.etl' | ForEach-Object { @{ Name = $_.Name; File = $_.FullName; Command = 'Read-PortTrace' } }) +
    @(Get-ChildItem -Path (Join-Path $fixtures 'recordings') -Filter '*.etl' -Recurse | ForEach-Object { @{ Name = $_.Name; File = $_.FullName; Command = 'Read-PortTrace' } })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force

    function Get-ParseProblem {
        param([string] $Script)
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Script, [ref] $null, [ref] $errors)
        $errors | ForEach-Object { "$Script -> $($_.Message)" }
        # Of this module's commands also the parameters can be looked at here; those of Windows are not on every computer.
        foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $command = Get-Command -Module PortExhaustion | Where-Object { $_.Name -eq $call.GetCommandName() }
            if (-not $command) { continue }
            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                if ($command.Parameters.Keys -notcontains $parameter.ParameterName) { "$Script -> there is no -$($parameter.ParameterName)" }
            }
        }
    }
}

Describe 'Diagnosis of <Name> (skipped where module/bin has no engine)' -Tag 'Engine' -ForEach $sources -Skip:$isMissing {
    BeforeAll {
        $answer = & $Command -LiteralPath $File -WarningAction SilentlyContinue
        $remedies = @($answer | Get-PortRemedy)
    }

    It 'gives the remedies of the answer, in their order' {
        @($answer).Count | Should -Be 1
        $remedies.Count | Should -Be @($answer.Remedies).Count
        $remedies | ForEach-Object { $_.title } | Should -Be @($answer.Remedies | ForEach-Object { $_.title })
        $remedies | ForEach-Object { $_.order } | Should -Be @(if ($remedies.Count) { 1..$remedies.Count })
        foreach ($remedy in $remedies) { $remedy.source | Should -BeLike "$File*" }
    }

    It 'has a finding for each remedy, and none that is found and not checked' {
        $found = @($answer.Findings | ForEach-Object { $_.id })
        foreach ($remedy in $remedies) {
            @($remedy.findings).Count | Should -BeGreaterThan 0
            $remedy.findings | Where-Object { $found -notcontains $_ } | Should -BeNullOrEmpty
        }
        $answer.Unchecked | Where-Object { $found -contains $_.id } | Should -BeNullOrEmpty
    }

    It 'tells commands that PowerShell can read' {
        foreach ($remedy in $remedies) {
            $commands = @($remedy.commands) + @(@($remedy.undo) + @($remedy.checkFirst) | Where-Object { $_ -notmatch '[.!?]$' })
            foreach ($command in $commands) { Get-ParseProblem $command | Should -BeNullOrEmpty }
        }
    }

    It 'can be read on 100 columns' {
        foreach ($part in @($answer), @($remedies), @($answer.Findings), @($answer.Unchecked)) {
            if ($part.Count -eq 0) { continue }
            foreach ($as in 'Default', 'List') {
                $text = Get-View $part -As $as
                Get-Width $text | Should -BeLessOrEqual 100
                Test-Ellipsis $text | Should -BeFalse
            }
        }
    }

    It 'names no culprit that is no suspect' {
        if ($Command -eq 'Test-PortExhaustion') {
            $culprits = @($answer.Suspects | Where-Object { $_.culprit } | ForEach-Object { $_.processId })
            $named = @(if ($null -ne $answer.Culprit -and $answer.Culprit.ports -gt 0) { $answer.Culprit.processId })
            $culprits | Sort-Object -Unique | Should -Be $named
        } else {
            $answer.PSObject.Properties['Suspects'] | Should -BeNullOrEmpty
        }
    }
}

Describe 'Remedies of files (skipped where module/bin has no engine)' -Tag 'Engine' -Skip:$isMissing {
    It 'are those of their verdict, and the same in Constrained Language Mode' {
        $file = [System.IO.Path]::Combine($Repository, 'tests', 'fixtures', 'captures', 'orphans.zip')
        $expected = ConvertTo-Json -InputObject @(Test-PortExhaustion $file | Get-PortRemedy) -Depth 9
        ConvertTo-Json -InputObject @(Get-PortRemedy $file) -Depth 9 | Should -Be $expected
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        $locked = $shell.AddScript("Import-Module '$Manifest'; Get-PortRemedy '$file'").Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        ConvertTo-Json -InputObject @($locked) -Depth 9 | Should -Be $expected
    }
}
