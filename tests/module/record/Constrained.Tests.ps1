# Knows that Constrained Language Mode gets a clear error with the command line to run by hand, and nothing half done.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')

    function Invoke-Constrained {
        param([string] $Script)
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $before = $env:OS
            $env:OS = 'Windows_NT'
            $output = $shell.AddScript("Import-Module '$Manifest'; $Script").Invoke()
            return [pscustomobject]@{ Output = @($output); Errors = @($shell.Streams.Error) }
        } finally {
            $env:OS = $before
            $shell.Dispose()
        }
    }
}

Describe 'In Constrained Language Mode' {
    It '<Command> is an error that says what to do' -ForEach @(
        @{ Command = 'Start-PortTrace -Path "C:\a b\x.etl"'; Says = '*netsh trace start*traceFile="C:\a b\x.etl"*' }
        @{ Command = 'Start-PortTrace -WhatIf'; Says = '*netsh trace start*' }
        @{ Command = 'Get-PortTrace'; Says = '*' }
        @{ Command = 'Stop-PortTrace'; Says = '*' }
    ) {
        $run = Invoke-Constrained $Command
        $run.Output | Should -BeNullOrEmpty
        $run.Errors.Count | Should -Be 1
        $run.Errors[0].FullyQualifiedErrorId | Should -BeLike 'FullLanguageNeeded*'
        $run.Errors[0].Exception.Message | Should -BeLike $Says
    }
}
