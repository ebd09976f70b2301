# Knows what help an administrator may expect of every command: each parameter, examples that parse, each error id.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    $commands = (Import-PowerShellDataFile -Path $Manifest).FunctionsToExport | ForEach-Object { @{ Name = $_ } }
    # Commands about recordings and watches, and what only they can meet (scopes of Get-FaultTable).
    $recorders = @(
        @{ Name = 'Start-PortTrace'; Scopes = 'start', 'task' }
        @{ Name = 'Get-PortTrace'; Scopes = @() }
        @{ Name = 'Stop-PortTrace'; Scopes = @('stop') }
        @{ Name = 'Register-PortWatch'; Scopes = @() }
        @{ Name = 'Get-PortWatch'; Scopes = @() }
        @{ Name = 'Unregister-PortWatch'; Scopes = @() }
        @{ Name = 'Get-PortHistory'; Scopes = @('history') }
    ) | Where-Object { $commands.Name -contains $_.Name }
    # Commands about changes, with all that they can meet: scopes, and codes of other scopes.
    $changers = @(
        @{ Name = 'Compare-PortSnapshot'; Scopes = 'engine', 'file', 'capture', 'compare', 'snapshot' }
        # Its own files are no paths of a user; the engine reads those and a history.
        @{ Name = 'Measure-PortChurn'; Scopes = 'engine', 'file', 'capture', 'compare', 'live', 'remote', 'history'; Never = 'path-not-a-file', 'path-not-found' }
        # It reads no file of a user.
        @{ Name = 'Resolve-PortError'; Scopes = @('engine') }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
}

Describe 'Help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help -Name $Name -Full
    }

    It 'has a synopsis, a description, outputs and a link' {
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        $help.description | Should -Not -BeNullOrEmpty
        $help.returnValues | Should -Not -BeNullOrEmpty
        $help.relatedLinks | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $parameters = (Get-Command -Name $Name).Parameters.Keys | Where-Object { $common -notcontains $_ }
        foreach ($parameter in $parameters) {
            (Get-Help -Name $Name -Parameter $parameter).description.Text | Should -Not -BeNullOrEmpty -Because "-$parameter needs help"
        }
    }

    It 'has three examples or more, which call it and parse' {
        $help.examples.example.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.examples.example) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            $example.code | Should -Match $Name
            $example.remarks[0].Text | Should -Not -BeNullOrEmpty
        }
    }

    It 'names the types that its OutputType names' {
        $named = ($help.returnValues.returnValue.type.name -join ' ')
        foreach ($type in @((Get-Command -Name $Name).OutputType | ForEach-Object { $_.Name })) {
            $named | Should -Match ([regex]::Escape($type))
        }
    }
}

Describe 'Error ids in the help of <Name>' -ForEach ($commands | Where-Object { $_.Name -ne 'New-PortSnapshot' -and $recorders.Name + $changers.Name -notcontains $_.Name }) {
    It 'are those that it gives' {
        # What a command can meet follows from where it reads from.
        $scopes = @('engine')
        $parameters = (Get-Command -Name $Name).Parameters.Keys
        if ($parameters -contains 'Path') { $scopes += 'file' }
        if ($Name -eq 'Read-PortTrace') { $scopes += 'trace' } else { $scopes += 'capture', 'live' }
        if ($parameters -contains 'ComputerName') { $scopes += 'remote' }
        if ($scopes -contains 'file' -and $scopes -contains 'live') { $scopes += 'evidence' }
        if ($Name -eq 'Get-PortRemedy') { $scopes += 'remedy' }
        $noun = if ($Name -eq 'Read-PortTrace') { 'Trace' } else { 'Evidence' }
        $ids = InModuleScope PortExhaustion -Parameters @{ Scopes = $scopes; Noun = $noun } {
            (Get-FaultTable -Noun $Noun).Values | Where-Object { $Scopes -contains $_.Scope } | ForEach-Object { $_.Id }
        }
        $notes = (Get-Help -Name $Name -Full).alertSet.alert.Text -join "`n"
        $documented = [regex]::Matches($notes, '(?m)^(\w+)  +\S') | ForEach-Object { $_.Groups[1].Value }
        $documented | Sort-Object | Should -Be (@($ids) + 'EngineError' | Sort-Object -Unique)
    }
}

Describe 'Error ids in the help of <Name>' -ForEach $recorders {
    It 'are all of its own scopes, none unknown, and each is met in a test' {
        $table = InModuleScope PortExhaustion { (Get-FaultTable).Values }
        $notes = (Get-Help -Name $Name -Full).alertSet.alert.Text -join "`n"
        $documented = @([regex]::Matches($notes, '(?m)^(\w+)  +\S') | ForEach-Object { $_.Groups[1].Value })
        $documented | Where-Object { $table.Id -notcontains $_ } | Should -BeNullOrEmpty
        $table | Where-Object { $Scopes -contains $_.Scope } | ForEach-Object { $_.Id } | Where-Object { $documented -notcontains $_ } | Should -BeNullOrEmpty
        $tests = foreach ($file in Get-ChildItem -Path $PSScriptRoot -Filter '*.Tests.ps1' -Recurse | Where-Object { $_.Name -ne 'Help.Tests.ps1' }) {
            [System.IO.File]::ReadAllText($file.FullName)
        }
        $documented | Where-Object { "$tests" -notmatch $_ } | Should -BeNullOrEmpty
    }
}

Describe 'Error ids in the help of <Name>' -ForEach $changers {
    It 'are those that it gives' {
        $never = if ($_.ContainsKey('Never')) { $Never } else { @() }
        $ids = InModuleScope PortExhaustion -Parameters @{ Scopes = $Scopes; Never = $never } {
            $table = Get-FaultTable
            $table.Keys | Where-Object { $Scopes -contains $table[$_].Scope -and $Never -notcontains $_ } | ForEach-Object { $table[$_].Id }
        }
        $notes = (Get-Help -Name $Name -Full).alertSet.alert.Text -join "`n"
        $documented = [regex]::Matches($notes, '(?m)^(\w+)  +\S') | ForEach-Object { $_.Groups[1].Value }
        $documented | Sort-Object | Should -Be (@($ids) + 'EngineError' | Sort-Object -Unique)
    }
}

Describe 'Error ids in the help of New-PortSnapshot' {
    It 'are those in its source, as it runs without the table' {
        $source = (Get-Command -Name New-PortSnapshot).Definition
        $given = [regex]::Matches($source, "ErrorId *=? *'?(\w+)") | ForEach-Object { $_.Groups[1].Value }
        $notes = (Get-Help -Name New-PortSnapshot -Full).alertSet.alert.Text -join "`n"
        $documented = [regex]::Matches($notes, '(?m)^(\w+)  +\S') | ForEach-Object { $_.Groups[1].Value }
        $documented.Count | Should -BeGreaterThan 0
        $documented | Sort-Object | Should -Be ($given | Sort-Object -Unique)
    }
}
