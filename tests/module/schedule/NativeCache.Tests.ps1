# Knows what a scheduled task keeps so that it does not compile every minute. Each case runs in a PowerShell of its own, as types never
# leave a process.

BeforeAll {
    . (Join-Path $PSScriptRoot '../Setup.ps1')

    # One run of a task: gives { Loaded, Files, Verbose } after Import-CachedNative.
    function Invoke-CacheRun {
        param([string] $Folder, [string] $Before = '', [string] $Unsafe = '')
        $script = @"
`$WarningPreference = 'SilentlyContinue'
`$module = Import-Module '$Manifest' -PassThru
& `$module {
    function Get-DataFolder { '$Folder' }
    function Test-PortCollector { }
    function Get-UnsafeReason { param([string] `$Path) '$Unsafe' }
    $Before
    `$said = Import-CachedNative -Verbose 4>&1
    [pscustomobject]@{
        Loaded = [bool] ('PortExhaustion.Native.PortTables' -as [type])
        Again = Import-PortNative -Source 'would not compile'
        Said = "`$said"
    } | ConvertTo-Json
}
"@
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
        [System.IO.File]::WriteAllText($file, $script)
        return (Invoke-ShellProcess -ArgumentList '-File', $file | Out-String | ConvertFrom-Json)
    }

    function New-CacheFolder { (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName }
    function Get-Kept { param([string] $Folder) @(Get-ChildItem -LiteralPath $Folder | ForEach-Object { $_.Name }) }
}

Describe 'Import-CachedNative' {
    It 'compiles once, and what it kept is loaded by the next run' {
        $folder = New-CacheFolder
        $first = Invoke-CacheRun -Folder $folder
        $first.Loaded | Should -BeTrue -Because $first.Said
        $kept = @(Get-Kept $folder)
        $kept | Should -HaveCount 1
        $kept[0] | Should -Match '^native-[0-9a-f]{32}\.dll$'

        $second = Invoke-CacheRun -Folder $folder -Before 'function Save-NativeAssembly { throw "compiled again" }'
        $second.Loaded | Should -BeTrue -Because $second.Said
        $second.Again | Should -BeNullOrEmpty
        Get-Kept $folder | Should -Be $kept
    }

    It 'removes what another version of the module kept' {
        $folder = New-CacheFolder
        [System.IO.File]::WriteAllText("$folder/native-0123456789abcdef0123456789abcdef.dll", 'old')
        (Invoke-CacheRun -Folder $folder).Loaded | Should -BeTrue
        $kept = @(Get-Kept $folder)
        $kept | Should -HaveCount 1
        $kept | Should -Not -Contain 'native-0123456789abcdef0123456789abcdef.dll'
    }

    It 'removes a file that a power cut has emptied, so that the run after compiles anew' {
        $folder = New-CacheFolder
        $null = Invoke-CacheRun -Folder $folder
        $file = Join-Path $folder @(Get-Kept $folder)[0]
        [System.IO.File]::WriteAllBytes($file, [byte[]]::new(4096))
        (Invoke-CacheRun -Folder $folder).Loaded | Should -BeFalse
        $file | Should -Not -Exist
        (Invoke-CacheRun -Folder $folder).Loaded | Should -BeTrue
    }

    It 'loads nothing from where others than administrators can write' {
        $folder = New-CacheFolder
        $run = Invoke-CacheRun -Folder $folder -Unsafe 'BUILTIN\Users can change it.'
        $run.Loaded | Should -BeFalse
        $run.Said | Should -BeLike '*BUILTIN\Users can change it.*'
    }

    It 'leaves it to Import-PortNative where the folder is missing' {
        $run = Invoke-CacheRun -Folder (Join-Path $TestDrive 'nowhere')
        $run.Loaded | Should -BeFalse
        $run.Said | Should -BeLike 'The compiled native code is not used: *'
    }
}

Describe 'Unregister-SystemTask' {
    BeforeAll { Import-Module $Manifest -Force }

    It 'takes the compiled code along, and nothing else' {
        InModuleScope PortExhaustion -Parameters @{ Folder = New-CacheFolder } {
            param($Folder)
            Mock Get-DataFolder { $Folder }
            Mock Invoke-SchTasks { [pscustomobject]@{ Succeeded = $true; Reason = $null } }
            foreach ($name in 'native-0123456789abcdef0123456789abcdef.dll', 'native-new-1.dll', 'watch.json') {
                [System.IO.File]::WriteAllText("$Folder/$name", '')
            }
            (Unregister-SystemTask -Name 'x').Succeeded | Should -BeTrue
            @(Get-ChildItem -LiteralPath $Folder).Name | Should -Be 'watch.json'
        }
    }
}
