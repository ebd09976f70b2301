# Knows that manifest, files and package.json say the same, and that importing does nothing but define functions.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    $sources = Get-ChildItem -Path (Join-Path $ModuleFolder 'public'), (Join-Path $ModuleFolder 'private') -Filter '*.ps1' -Recurse |
        ForEach-Object { @{ Name = $_.BaseName; File = $_.FullName } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    $data = Import-PowerShellDataFile -Path $Manifest
}

Describe 'Manifest' {
    It 'is valid' {
        (Test-ModuleManifest -Path $Manifest).Name | Should -Be 'PortExhaustion'
    }

    It 'has the version of package.json' {
        $package = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText((Join-Path $Repository 'package.json')))
        $data.ModuleVersion | Should -Be $package.version
    }

    It 'exports the functions of module/public, by name and nothing else' {
        $public = @(Get-ChildItem -Path (Join-Path $ModuleFolder 'public') -Filter '*.ps1').BaseName | Sort-Object
        $data.FunctionsToExport | Sort-Object | Should -Be $public
        $data.CmdletsToExport.Count + $data.VariablesToExport.Count + $data.AliasesToExport.Count | Should -Be 0
    }

    It 'names every view file' {
        $views = Get-ChildItem -Path (Join-Path $ModuleFolder 'views') -Filter '*.Format.ps1xml' | ForEach-Object { "module/views/$($_.Name)" }
        $data.FormatsToProcess | Sort-Object | Should -Be ($views | Sort-Object)
        $types = Get-ChildItem -Path (Join-Path $ModuleFolder 'views') -Filter '*.Types.ps1xml' | ForEach-Object { "module/views/$($_.Name)" }
        $data.TypesToProcess | Sort-Object | Should -Be ($types | Sort-Object)
    }
}

Describe 'Source file <Name>' -ForEach $sources {
    It 'defines the function of its name and does nothing else' {
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($File, [ref] $null, [ref] $null)
        $tree.EndBlock.Statements.Count | Should -Be 1
        $tree.EndBlock.Statements[0].Name | Should -BeExactly $Name
    }

    It 'starts no process unless that is its only purpose, and compiles nothing unless that is' {
        $text = [System.IO.File]::ReadAllText($File)
        $text -match 'Start-Process|\[System\.Diagnostics\.Process\]::Start' | Should -Be ($Name -in 'Open-EngineSession', 'Invoke-InboxTool', 'Invoke-ConstrainedTool')
        $text -match 'Add-Type -(TypeDefinition|MemberDefinition|Path)' | Should -Be ($Name -in 'Import-PortNative', 'Save-NativeAssembly')
    }
}

Describe 'Import' {
    It 'leaves no variable, no other command and no preference behind' {
        $shell = New-ModuleShell -Bare
        $script = {
            param($Manifest)
            $names = { @(Get-Variable -Scope Global).Name + @(Get-Command -CommandType Function, Alias -ListImported).Name }
            $before = & $names
            Import-Module $Manifest
            Import-Module $Manifest -Force
            $after = & $names
            $after | Where-Object { $before -notcontains $_ }
            Remove-Module PortExhaustion
            & $names | Where-Object { $before -notcontains $_ } | ForEach-Object { "left: $_" }
        }
        $new = $shell.AddScript($script.ToString(), $true).AddArgument($Manifest).Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        $new | Sort-Object | Should -Be ($data.FunctionsToExport | Sort-Object)
    }
}

Describe 'Time limits' {
    It 'are 1 to 60 seconds, as more helps nobody who waits' {
        Import-Module $Manifest -Force
        $commands = Get-Command -Module PortExhaustion | Where-Object { $_.Parameters.ContainsKey('TimeoutSeconds') }
        $commands.Name | Sort-Object | Should -Be 'Get-AfdHandleOwner', 'Get-PortOwner', 'Get-PortRemedy', 'New-PortSnapshot', 'Test-PortExhaustion'
        foreach ($command in $commands) {
            $range = $command.Parameters['TimeoutSeconds'].Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateRangeAttribute] }
            $range.MinRange, $range.MaxRange | Should -Be 1, 60 -Because $command.Name
        }
    }
}
