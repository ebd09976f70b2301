# Knows where the build (build/build.mjs) puts the engine and which of its files runs on this machine.

function Get-EnginePath {
    <#
    .SYNOPSIS
    Path of the engine for this machine: its executable, else the bundle that an installed Node runs, else nothing.
    .NOTES
    Tests replace this function to put another engine in its place.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $BinPath = (Join-Path -Path $ModuleRoot -ChildPath 'bin'),
        [string] $Platform = (Get-EnginePlatform)
    )

    $fileName = 'portexhaustion-engine'
    if ($Platform -eq 'win-x64') {
        $fileName = 'portexhaustion-engine.exe'
    }
    $executable = Join-Path -Path (Join-Path -Path $BinPath -ChildPath $Platform) -ChildPath $fileName
    $bundle = Join-Path -Path $BinPath -ChildPath 'portexhaustion-engine.cjs'
    foreach ($candidate in $executable, $bundle) {
        if (Test-Path -LiteralPath $candidate -PathType Leaf) {
            return $candidate
        }
    }
}
