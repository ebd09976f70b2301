# Knows how the module finds an engine, starts it, reads it, and ends it. A script of Node takes the place of the engine.
BeforeDiscovery {
    $arguments = @(
        @{ Name = 'a plain word'; Text = 'trace' }
        @{ Name = 'nothing'; Text = '' }
        @{ Name = 'a blank'; Text = ' ' }
        @{ Name = 'blanks'; Text = 'C:\Program Files\a trace.etl' }
        @{ Name = 'a backslash at the end'; Text = 'C:\Temp\' }
        @{ Name = 'blanks and a backslash at the end'; Text = 'C:\My Traces\' }
        @{ Name = 'two backslashes at the end'; Text = 'C:\My Traces\\' }
        @{ Name = 'a share'; Text = '\\server\share name\x.etl' }
        @{ Name = 'a quote'; Text = 'say "no"' }
        @{ Name = 'only a quote'; Text = '"' }
        @{ Name = 'a backslash before a quote'; Text = 'a\"b' }
        @{ Name = 'two backslashes before a quote'; Text = 'a\\"b c' }
        @{ Name = 'quotes in a row'; Text = '""" x' }
        @{ Name = 'a tab'; Text = "a`tb" }
        @{ Name = 'a line break'; Text = "a`nb" }
        @{ Name = 'signs of cmd.exe'; Text = '%PATH% & echo ^ | < > !x!' }
        @{ Name = 'a single quote and a dollar'; Text = "it's `$HOME" }
        @{ Name = 'letters that are not ASCII'; Text = -join [char[]] (0x00FC, 0x0020, 0x65E5, 0x672C) }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
}

Describe 'Argument quoting' {
    It 'brings <Name> to the program as it is' -ForEach $arguments {
        $script = Join-Path $FakeFolder 'print-arguments.mjs'
        $line = InModuleScope PortExhaustion -Parameters @{ Script = $script; Text = $Text } {
            $session = Open-EngineSession -FileName (Get-NodePath) -ArgumentList $Script, $Text, 'last'
            try { Read-EngineLine -Session $session } finally { Close-EngineSession -Session $session }
        }
        ConvertFrom-Json -InputObject $line | Should -BeExactly @($Text, 'last')
    }
}

Describe 'Get-EnginePath' {
    BeforeAll {
        foreach ($file in 'full/win-x64/portexhaustion-engine.exe', 'full/linux-x64/portexhaustion-engine', 'full/portexhaustion-engine.cjs', 'bundle/portexhaustion-engine.cjs') {
            $null = New-Item -Path (Join-Path $TestDrive $file) -ItemType File -Force
        }
    }

    It 'finds <Expected> for <Platform> in a <Folder> folder' -ForEach @(
        @{ Folder = 'full'; Platform = 'win-x64'; Expected = 'win-x64/portexhaustion-engine.exe' }
        @{ Folder = 'full'; Platform = 'linux-x64'; Expected = 'linux-x64/portexhaustion-engine' }
        @{ Folder = 'full'; Platform = 'other'; Expected = 'portexhaustion-engine.cjs' }
        @{ Folder = 'bundle'; Platform = 'win-x64'; Expected = 'portexhaustion-engine.cjs' }
    ) {
        $bin = Join-Path $TestDrive $Folder
        $path = InModuleScope PortExhaustion -Parameters @{ Bin = $bin; Platform = $Platform } { Get-EnginePath -BinPath $Bin -Platform $Platform }
        [System.IO.Path]::GetFullPath($path) | Should -Be ([System.IO.Path]::GetFullPath((Join-Path $bin $Expected)))
    }

    It 'finds nothing in an empty folder' {
        InModuleScope PortExhaustion -Parameters @{ Bin = (Join-Path $TestDrive 'nowhere') } { Get-EnginePath -BinPath $Bin } | Should -BeNullOrEmpty
    }

    It 'knows this platform' {
        InModuleScope PortExhaustion { Get-EnginePlatform } | Should -BeIn 'win-x64', 'linux-x64', 'other'
    }
}

Describe 'Get-EngineCommand' {
    It 'starts an executable by itself' {
        Mock Get-EnginePath -ModuleName PortExhaustion { '/bin/portexhaustion-engine' }
        $command = InModuleScope PortExhaustion { Get-EngineCommand }
        $command.FileName | Should -Be '/bin/portexhaustion-engine'
        $command.Prefix | Should -BeNullOrEmpty
    }

    It 'starts the bundle by Node' {
        Mock Get-EnginePath -ModuleName PortExhaustion { '/bin/portexhaustion-engine.cjs' }
        Mock Get-NodePath -ModuleName PortExhaustion { '/usr/bin/node' }
        $command = InModuleScope PortExhaustion { Get-EngineCommand }
        $command.FileName | Should -Be '/usr/bin/node'
        $command.Prefix | Should -Be '/bin/portexhaustion-engine.cjs'
    }

    It 'has nothing to start where Node is missing or too old' {
        Mock Get-EnginePath -ModuleName PortExhaustion { '/bin/portexhaustion-engine.cjs' }
        Mock Get-NodeVersion -ModuleName PortExhaustion { [version] '18.20.4' }
        InModuleScope PortExhaustion { Get-EngineCommand } | Should -BeNullOrEmpty
    }

    It 'runs no Node of an untrusted folder' {
        $path = InModuleScope PortExhaustion { Get-NodePath }
        Mock Get-NodeVersion -ModuleName PortExhaustion { [version] '22.1.0' }
        InModuleScope PortExhaustion -Parameters @{ Folder = $TestDrive } { Get-NodePath -TrustedFolder "$Folder" } | Should -BeNullOrEmpty
        Should -Invoke Get-NodeVersion -ModuleName PortExhaustion -Times 0 -Exactly
        InModuleScope PortExhaustion -Parameters @{ Folder = (Split-Path -Path $path -Parent) } { Get-NodePath -TrustedFolder $Folder } | Should -Be $path
    }

    It 'takes no file for Node that does not start' {
        InModuleScope PortExhaustion -Parameters @{ File = (Join-Path $TestDrive 'no-node') } { Get-NodeVersion -FileName $File } | Should -BeNullOrEmpty
    }
}

Describe 'A run' {
    BeforeAll {
        Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }

        function Invoke-Fake {
            param([string] $Name)
            InModuleScope PortExhaustion -Parameters @{ File = (Get-FakeTrace $Name) } {
                Invoke-Engine -Engine (Get-EngineCommand) -ArgumentList 'trace', $File
            }
        }
    }

    It 'gives the records between hello and end' {
        @(Invoke-Fake 'leak').kind | Should -Be (@('progress') * 5 + 'trace-report')
    }

    It 'takes a line of nearly 1 MB' {
        (Invoke-Fake 'huge')[0].message.Length | Should -Be 900000
    }

    It 'does not hang on an engine that floods its standard error' {
        @(Invoke-Fake 'noisy').kind | Should -Be 'trace-report'
    }

    It 'ends in the fault <Code> when the engine is <Name>' -ForEach @(
        @{ Name = 'died'; Code = 'engine-died'; Message = '*exit code 134*fatal: out of memory*' }
        @{ Name = 'silent'; Code = 'engine-died'; Message = '*exit code 2*' }
        @{ Name = 'other-contract'; Code = 'contract-mismatch'; Message = '*9.0.0*contract 2*contract 1*' }
        @{ Name = 'headless'; Code = 'engine-output-invalid'; Message = '*instead of*hello*' }
        @{ Name = 'garbage'; Code = 'engine-output-invalid'; Message = '*no record*' }
        @{ Name = 'text'; Code = 'engine-output-invalid'; Message = '*no record*' }
    ) {
        $fault = @(Invoke-Fake $Name)[-1]
        $fault.kind | Should -Be 'error'
        $fault.code | Should -Be $Code
        $fault.message | Should -BeLike $Message
        $fault.advice | Should -Not -BeNullOrEmpty
    }

    It 'does not run what variables of Node name' {
        $foreign = Join-Path $TestDrive 'foreign.cjs'
        $trace = Join-Path $TestDrive 'foreign.txt'
        [System.IO.File]::WriteAllText($foreign, "require('node:fs').writeFileSync($(ConvertTo-Json $trace), 'was here');")
        $before = $env:NODE_OPTIONS
        try {
            $env:NODE_OPTIONS = "--require ""$foreign"""
            @(Invoke-Fake 'leak')[-1].kind | Should -Be 'trace-report'
            Test-Path -LiteralPath $trace | Should -BeFalse
            # What it would have done.
            $null = node --eval 0
            Test-Path -LiteralPath $trace | Should -BeTrue
            $env:NODE_OPTIONS | Should -Be "--require ""$foreign"""
        } finally {
            $env:NODE_OPTIONS = $before
        }
    }

    It 'ends in the fault engine-start-failed when there is nothing to start' {
        $fault = InModuleScope PortExhaustion -Parameters @{ File = (Join-Path $TestDrive 'gone') } {
            Invoke-Engine -Engine ([pscustomobject]@{ FileName = $File; Prefix = @() }) -ArgumentList 'trace'
        }
        $fault.code | Should -Be 'engine-start-failed'
    }
}

Describe 'Times' {
    It 'come out the same from both editions of ConvertFrom-Json, to 100 ns' {
        $expected = [datetime]::new(2026, 11, 24, 2, 58, 11, [DateTimeKind]::Utc).AddTicks(451230)
        foreach ($given in '2026-11-24T02:58:11.0451230Z', $expected, $expected.ToLocalTime()) {
            $time = InModuleScope PortExhaustion -Parameters @{ Given = $given } { ConvertFrom-EngineTime -Time $Given }
            $time.Ticks | Should -Be $expected.Ticks
            $time.Kind | Should -Be 'Utc'
        }
    }

    It 'go to the engine in UTC, local or not' {
        $utc = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc).AddTicks(1234567)
        foreach ($given in $utc, $utc.ToLocalTime(), [datetime]::SpecifyKind($utc.ToLocalTime(), 'Unspecified')) {
            InModuleScope PortExhaustion -Parameters @{ Given = $given } { ConvertTo-EngineTime -Time $Given } | Should -Be '2026-01-02T03:04:05.1234567Z'
        }
    }
}
