# Knows what SYSTEM runs of this module: its manifest, everything below the folder module, and nothing else. Only from a fixed drive: the
# access list of a share speaks of the Administrators of another computer, and what comes over a network is whatever comes.

function Test-ModuleSafety {
    <#
    .SYNOPSIS
    The fault for which SYSTEM must not run this module; nothing where it may.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $root = [System.IO.Path]::GetDirectoryName($ModuleRoot)
    $drive = Get-DriveFact -Path $root
    $reason = $null
    if ($drive.Type -ne 'Fixed') { $reason = "'$root' is not on a fixed drive of this computer (its kind is $($drive.Type))." }
    $paths = @($root, [System.IO.Path]::Combine($root, 'PortExhaustion.psd1'), $ModuleRoot)
    try {
        $paths += [System.IO.Directory]::GetFileSystemEntries($ModuleRoot, '*', [System.IO.SearchOption]::AllDirectories)
    } catch {
        $reason = "What lies in '$ModuleRoot' cannot be listed: $($_.Exception.GetBaseException().Message)"
    }
    foreach ($path in $paths) {
        if ($reason) { break }
        $reason = Get-UnsafeReason -Path $path
    }
    if (-not $reason) { $reason = Get-UnsafeAncestor -Path $root }
    if ($reason) {
        return New-FaultRecord -Code 'module-not-safe' -Message $reason -Path $root
    }
}
