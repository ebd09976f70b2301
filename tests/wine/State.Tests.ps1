# Knows what Windows refuses while somebody reads a state, which no other system does, and how it names one file in several ways.

BeforeAll {
    $root = Join-Path $PSScriptRoot '../..'
    Import-Module (Join-Path $root 'PortExhaustion.psd1') -Force
    $module = Get-Module PortExhaustion
    $folder = Join-Path $TestDrive 'state folder'
    $null = New-Item -Path $folder -ItemType Directory
    $file = Join-Path $folder 'trace.json'

    # Reads the file as Get-PortTrace does, which shares it for reading only, and lets it go after a while.
    function Start-Reader {
        param([int] $Milliseconds)
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($File, $Time) $s = [IO.File]::Open($File, "Open", "Read", "Read"); "open"; [Threading.Thread]::Sleep($Time); $s.Dispose()')
        $null = $shell.AddArgument($file).AddArgument($Milliseconds)
        $output = New-Object 'System.Management.Automation.PSDataCollection[psobject]'
        $handle = $shell.BeginInvoke((New-Object 'System.Management.Automation.PSDataCollection[psobject]'), $output)
        while ($output.Count -eq 0) { [Threading.Thread]::Sleep(10) }
        return @{ Shell = $shell; Handle = $handle }
    }
    function Stop-Reader {
        param([hashtable] $Reader)
        $null = $Reader.Shell.EndInvoke($Reader.Handle)
        $Reader.Shell.Dispose()
    }
}

Describe 'A state that somebody reads' {
    BeforeEach {
        [IO.File]::WriteAllText($file, '{"phase":"recording"}')
    }

    It 'is refused by Windows itself, so that waiting means something' {
        $reader = Start-Reader 300
        { [IO.File]::Delete($file) } | Should -Throw
        Stop-Reader $reader
    }

    It 'is written and removed as soon as that is over' {
        $reader = Start-Reader 300
        & $module { Write-StateFile -Path $args[0] -State ([pscustomobject]@{ phase = 'stopping' }) } $file
        Stop-Reader $reader
        (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json).phase | Should -BeExactly 'stopping'
        $reader = Start-Reader 300
        & $module { Remove-StateFile -Path $args[0] } $file
        Stop-Reader $reader
        # rf*.tmp is what Wine's ReplaceFile leaves of each try; Windows opens the file that is to go before it makes any.
        [IO.Directory]::GetFiles($folder) | Split-Path -Leaf | Where-Object { $_ -notmatch '^rf\w+\.tmp$' } | Should -BeNullOrEmpty
    }

    It 'is told to be in use where that takes too long' {
        $reader = Start-Reader 2500
        { & $module { Remove-StateFile -Path $args[0] } $file } | Should -Throw -ExceptionType ([IO.IOException])
        Stop-Reader $reader
        [IO.File]::Exists($file) | Should -BeTrue
    }
}

Describe 'A path of Windows' {
    It 'is the same file with the prefix of a session: <_>' -ForEach '\??\C:\a\X.etl', '\\?\C:\a\x.ETL', 'c:\A\x.etl' {
        & $module { Test-TracePath -LogFile $args[0] -Path 'C:\a\x.etl' } $_ | Should -BeTrue
    }

    It 'is looked at as far as its drive, which is no link' {
        & $module { Get-LinkedFolder -Path 'C:\windows\system32' } | Should -BeNullOrEmpty
        & $module { (Get-DriveFact -Path 'C:\windows\x.etl').Type } | Should -Be 'Fixed'
        & $module { (Get-DriveFact -Path '\\server\share\x.etl').Type } | Should -Be 'Network'
    }

    It 'of a trace loses .. and slashes of other systems' {
        $found = & $module {
            function Test-Target { [CmdletBinding()] param([string] $Path) Resolve-TraceTarget -Cmdlet $PSCmdlet -Path $Path }
            Test-Target -Path 'C:/windows/../windows/x.etl'
        }
        $found.Fault | Should -BeNullOrEmpty
        $found.Path | Should -Be 'C:\windows\x.etl'
    }
}
