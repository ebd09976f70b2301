# Knows how each form of the engine is started: the executable by itself, a script (the bundle) by Node.

function Get-EngineCommand {
    <#
    .SYNOPSIS
    What to start: { FileName, Prefix } where Prefix holds the arguments that come before the engine's own. Nothing where
    this machine has no engine that can run.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $path = Get-EnginePath
    if (-not $path) {
        return
    }
    if ($path -notmatch '\.[cm]?js$') {
        return New-Record -Value ([ordered]@{ FileName = $path; Prefix = [string[]] @() })
    }
    $node = Get-NodePath
    if ($node) {
        return New-Record -Value ([ordered]@{ FileName = $node; Prefix = [string[]] @($path) })
    }
}
