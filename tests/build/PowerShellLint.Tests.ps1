# The check of PowerShell files must find what it is for, and nothing in code that is as it should be.

BeforeDiscovery {
    $refused = @(
        @{ What = 'a ternary'; Code = '$a = $true ? 1 : 2' }
        @{ What = '??'; Code = '$a ?? 1' }
        @{ What = '??='; Code = '$a ??= 1' }
        @{ What = '?.'; Code = '${a}?.Length' }
        @{ What = '?[]'; Code = '${a}?[0]' }
        @{ What = '&& and ||'; Code = 'Get-Item a && Get-Item b' }
        @{ What = '& behind a pipeline'; Code = 'Get-Item a &' }
        @{ What = 'a clean block'; Code = 'function Get-A { process { 1 } clean { 2 } }' }
        @{ What = 'an escape of 7'; Code = '"`u{41}"' }
        @{ What = 'a number of 7'; Code = '10ul' }
        @{ What = 'a binary number'; Code = '0b101' }
        @{ What = 'a command of 7'; Code = 'Join-String -InputObject 1' }
        @{ What = 'a parameter of 7'; Code = 'ConvertFrom-Json -InputObject $a -AsHashtable' }
        @{ What = 'a variable of 7'; Code = 'if ($IsWindows) { 1 }' }
        @{ What = 'a parse error'; Code = 'if (' }
        @{ What = 'an alias'; Code = 'gci | % { $_ }' }
        @{ What = 'an alias that Linux does not have'; Code = 'sort a' }
        @{ What = 'Write-Host'; Code = 'Write-Host 1' }
        @{ What = 'Invoke-Expression'; Code = 'Invoke-Expression 1' }
        @{ What = 'an empty catch'; Code = 'try { 1 } catch { }' }
        @{ What = 'a backtick at the end of a line'; Code = "Get-Item ```n a" }
        @{ What = 'a character that is not ASCII'; Code = "'$([char] 0xE9)'" }
        @{ What = 'a verb that is not approved'; Code = 'function Fetch-A { 1 }' }
        @{ What = 'a function of 81 lines'; Code = "function Get-A {`n$("1`n" * 79)}" }
        @{ What = 'a file of 401 lines'; Code = "1`n" * 401 }
    )
    $accepted = @(
        @{ What = 'numbers of 5.1'; Code = '0x1F5; 0xff; 12kb; 1l; 1d; 2.5e3' }
        @{ What = 'an escaped backtick before e'; Code = '"a``e"' }
        @{ What = 'a method of a class'; Code = 'class A { [int] Fetch() { return 1 } }' }
        @{ What = 'foreach as a statement'; Code = 'foreach ($a in 1, 2) { $a }' }
        @{ What = 'a catch that says why it is enough'; Code = 'try { 1 } catch { $null = $_ }' }
        @{ What = 'a function of 80 lines with help beside'; Code = "function Get-A {`n<#`n$("a`n" * 50)#>`n$("1`n" * 77)}" }
    )
}

Describe 'lint-powershell' {
    BeforeAll {
        $script:lint = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../build/lint-powershell.ps1'))
        function Get-LintFinding {
            param([string] $Code)
            $file = Join-Path $TestDrive 'sample.ps1'
            [IO.File]::WriteAllText($file, $Code)
            & $script:lint -Path $file
        }
    }

    It 'refuses <What>' -ForEach $refused {
        Get-LintFinding $Code | Should -Not -BeNullOrEmpty
    }

    It 'accepts <What>' -ForEach $accepted {
        Get-LintFinding $Code | Should -BeNullOrEmpty
    }
}
