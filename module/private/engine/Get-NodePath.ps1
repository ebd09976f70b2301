# Knows which Node can run the engine's bundle: "engines" in package.json asks for version 20 or later.

function Get-NodePath {
    <#
    .SYNOPSIS
    Path of the first Node on the PATH that is new enough, else nothing.
    .PARAMETER TrustedFolder
    Only what lies below it is run, not even for its version. As administrator on Windows that is Program Files: the PATH also has
    folders that any program of the user may write to.
    .NOTES
    On Windows only node.exe will do: a node.cmd would be read by cmd.exe, which takes arguments apart by other rules.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [int] $MinimumMajor = 20,
        [AllowNull()] [string] $TrustedFolder = $(if ($env:OS -eq 'Windows_NT' -and (Test-Elevation) -ne $false) { $env:ProgramFiles })
    )

    $name = 'node'
    if ([System.Environment]::OSVersion.Platform -eq [System.PlatformID]::Win32NT) {
        $name = 'node.exe'
    }
    foreach ($command in @(Get-Command -Name $name -CommandType Application -All -ErrorAction Ignore)) {
        if ($TrustedFolder -and -not $command.Path.StartsWith((Join-Path -Path $TrustedFolder -ChildPath ''), 'OrdinalIgnoreCase')) {
            Write-Verbose "$($command.Path) is not run, as it does not lie in $TrustedFolder."
            continue
        }
        $version = Get-NodeVersion -FileName $command.Path
        if ($version -and $version.Major -ge $MinimumMajor) {
            return $command.Path
        }
    }
}
