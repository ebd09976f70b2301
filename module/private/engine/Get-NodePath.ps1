# Knows which Node can run the engine's bundle: "engines" in package.json asks for version 20 or later.

function Get-NodePath {
    <#
    .SYNOPSIS
    Path of the first Node on the PATH that is new enough, else nothing.
    .NOTES
    On Windows only node.exe will do: a node.cmd would be read by cmd.exe, which takes arguments apart by other rules.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([int] $MinimumMajor = 20)

    $name = 'node'
    if ([System.Environment]::OSVersion.Platform -eq [System.PlatformID]::Win32NT) {
        $name = 'node.exe'
    }
    foreach ($command in @(Get-Command -Name $name -CommandType Application -All -ErrorAction Ignore)) {
        $version = Get-NodeVersion -FileName $command.Path
        if ($version -and $version.Major -ge $MinimumMajor) {
            return $command.Path
        }
    }
}
