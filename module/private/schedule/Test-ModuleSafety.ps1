# Knows what SYSTEM runs of this module: its manifest, everything below the folder module, and nothing else.

function Test-ModuleSafety {
    <#
    .SYNOPSIS
    The fault for which SYSTEM must not run this module; nothing where it may.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $root = [System.IO.Path]::GetDirectoryName($ModuleRoot)
    $paths = @($root, [System.IO.Path]::Combine($root, 'PortExhaustion.psd1'), $ModuleRoot) +
    [System.IO.Directory]::GetFileSystemEntries($ModuleRoot, '*', [System.IO.SearchOption]::AllDirectories)
    $reason = $null
    foreach ($path in $paths) {
        $reason = Get-UnsafeReason -Path $path
        if ($reason) { break }
    }
    if (-not $reason) { $reason = Get-UnsafeAncestor -Path $root }
    if ($reason) {
        return New-FaultRecord -Code 'module-not-safe' -Message $reason -Path $root
    }
}
