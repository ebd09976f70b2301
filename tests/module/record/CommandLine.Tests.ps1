# Knows the exact command lines of netsh for each form of Windows, and that what is printed is what netsh gets.
BeforeAll {
    . (Join-Path $PSScriptRoot 'RecordSetup.ps1')
    Import-RecordModule
    $printer = [System.IO.Path]::Combine($FakeFolder, 'print-arguments.mjs')

    # What a program gets from a command line, as the system takes it apart.
    function Get-Argument {
        param([string] $Line)
        $start = [System.Diagnostics.ProcessStartInfo]::new('node', """$printer"" $Line")
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $text = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        return , @(ConvertFrom-Json -InputObject $text)
    }

    # What a person sees of -WhatIf: it goes to the host and to no stream.
    function Get-WhatIf {
        param([string] $Command)
        return @(Invoke-ShellProcess -ArgumentList '-Command', "Import-Module '$Manifest'; $Command" | Where-Object { $_ })
    }
}

Describe 'The command line of netsh' {
    It 'of a lean recording on build <Build> is this' -ForEach @(
        @{ Build = 7601; Off = 'report=no correlation=no'; Tcpip = '0x40000008F' }
        @{ Build = 9200; Off = 'report=no correlation=no'; Tcpip = '0x40000008F' }
        @{ Build = 9600; Off = 'report=disabled correlation=disabled'; Tcpip = '0x40000008F' }
        @{ Build = 19045; Off = 'report=disabled correlation=disabled'; Tcpip = '0x40000048F' }
        @{ Build = 26100; Off = 'report=disabled correlation=disabled'; Tcpip = '0x40000048F' }
    ) {
        InModuleScope PortExhaustion -Parameters @{ Build = $Build; Off = $Off; Tcpip = $Tcpip } {
            New-NetshCommandLine -Path 'C:\Traces\web01.etl' -Build $Build | Should -BeExactly (
                "netsh trace start capture=no traceFile=C:\Traces\web01.etl maxSize=256 fileMode=circular overwrite=no $Off " +
                "provider=Microsoft-Windows-Winsock-AFD keywords=0x4 level=4 provider=Microsoft-Windows-TCPIP keywords=$Tcpip level=4")
        }
    }

    It 'of the classic procedure is this' {
        InModuleScope PortExhaustion {
            New-NetshCommandLine -Path 'C:\a.etl' -Build 26100 -Scenario NetConnection -Packets -MaxSizeMB 1024 -Overwrite |
                Should -BeExactly 'netsh trace start scenario=NetConnection capture=yes traceFile=C:\a.etl maxSize=1024 fileMode=circular overwrite=yes report=disabled correlation=disabled'
        }
    }

    It 'merges as netsh does by itself, and names no session: neither is known to every Windows' {
        InModuleScope PortExhaustion {
            foreach ($build in 7601, 9200, 26100) { New-NetshCommandLine -Path 'C:\a.etl' -Build $build | Should -Not -Match 'perfMerge|session' }
        }
    }

    It 'is of a file below 4 GB' {
        { Start-PortTrace -MaxSizeMB 4001 -WhatIf } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'brings the path <Path> to netsh as it is' -ForEach @(
        'C:\a b\x.etl', 'C:\a&b\x.etl', 'C:\100%\x.etl', 'C:\say "so"\x.etl', 'C:\a b\', 'C:\a\\', 'C:\(x86)\^x.etl', "C:\it's\x.etl", 'C:\a;b,c=d\x.etl' | ForEach-Object { @{ Path = $_ } }
        @{ Path = "C:\Zugriff $([char] 0xFC)$([char] 0x30C8)\x.etl" }
    ) {
        $line = InModuleScope PortExhaustion -Parameters @{ Path = $Path } { New-NetshCommandLine -Path $Path -Build 26100 }
        $got = Get-Argument ($line -replace '^netsh ')
        $got[0..1] | Should -Be 'trace', 'start'
        $got -ccontains "traceFile=$Path" | Should -BeTrue -Because ($got -join '|')
        $got.Count | Should -Be 15
    }

    It 'is what the tool is run with' {
        Reset-FakeWindows
        $path = Get-FakePath 'a b & c.etl'
        $trace = Start-PortTrace -Path $path
        $run = @((Get-FakeWindows).calls | Where-Object { $_.arguments[1] -eq 'start' })
        $run.Count | Should -Be 1
        $run[0].arguments | Should -Be (Get-Argument ($trace.CommandLine -replace '^netsh '))
        Stop-PortTrace -Discard
    }
}

Describe 'A path for netsh' {
    It '<Path> is refused: <Why>' -ForEach @(
        @{ Path = 'C:\100%\x.etl'; Why = 'it has the character %' }
        @{ Path = 'C:\a"b.etl'; Why = 'it has the character "' }
        @{ Path = 'C:\a*.etl'; Why = 'it has the character `*' }
        @{ Path = 'C:\a?.etl'; Why = 'it has the character `?' }
        @{ Path = 'C:\a<b.etl'; Why = 'it has the character <' }
        @{ Path = 'C:\a|b.etl'; Why = 'it has the character |' }
        @{ Path = 'C:\a.etl:stream'; Why = 'it has the character :' }
        @{ Path = "C:\a`tb.etl"; Why = 'it has the control character 9' }
        @{ Path = 'C:\x\NUL.etl'; Why = "'NUL.etl' is the name of a device" }
        @{ Path = 'C:\com1\x.etl'; Why = "'com1' is the name of a device" }
        @{ Path = 'C:\a \x.etl'; Why = "'a ' ends with a dot or a space" }
    ) {
        InModuleScope PortExhaustion -Parameters @{ Path = $Path; Why = $Why } { Get-PathFault -Path $Path | Should -Be ($Why -replace '`') }
    }

    It '<_> is taken' -ForEach 'C:\a b\x.etl', 'C:\a&b(1)\x.etl', 'D:\com\nul2\x.etl', '/x/y.etl', 'C:\..\x.etl' {
        InModuleScope PortExhaustion -Parameters @{ Path = $_ } { Get-PathFault -Path $Path | Should -BeNullOrEmpty }
    }
}

Describe 'Start-PortTrace -WhatIf' {
    It 'prints the lines of Windows 7, 10 and 11 on a computer that is none' {
        $printed = Get-WhatIf "Start-PortTrace -Path 'C:\Trace files\web01.etl' -WhatIf"
        $printed.Count | Should -Be 3
        foreach ($index in 0..2) {
            $line = InModuleScope PortExhaustion -Parameters @{ Build = (7601, 19045, 26100)[$index] } { New-NetshCommandLine -Path 'C:\Trace files\web01.etl' -Build $Build }
            $line | Should -BeLike '*traceFile="C:\Trace files\web01.etl"*'
            $printed[$index].Contains("""$line""") | Should -BeTrue
            $printed[$index] | Should -BeLike "*$(('Windows 7', 'Windows 10', 'Windows 11')[$index])*"
        }
    }

    It 'touches nothing on Windows, elevated or not' {
        Reset-FakeWindows @{ elevated = $false }
        Start-PortTrace -Path (Get-FakePath 'x.etl') -WhatIf
        Start-PortTrace -Path (Get-FakePath 'x.etl') -Until Event -WhatIf
        (Get-FakeWindows).calls.Count | Should -Be 0
        Get-Leftover | Should -BeNullOrEmpty
    }
}
