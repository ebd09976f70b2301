# Knows which places SYSTEM writes to for a watch: its folder, the folder Evidence, and the files of the history. Those that are there may
# have owners and rights of their own, whatever their folder says.

function Test-WatchFolder {
    <#
    .SYNOPSIS
    The fault for which a watch must not write to a folder; nothing where it may.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $fault = Test-FolderSafety -Path $Path
    if ($null -ne $fault) {
        return $fault
    }
    foreach ($name in 'Evidence', 'history.csv', 'history.1.csv') {
        $one = [System.IO.Path]::Combine($Path, $name)
        if (-not [System.IO.Directory]::Exists($one) -and -not [System.IO.File]::Exists($one)) { continue }
        $reason = Get-UnsafeReason -Path $one
        if ($reason) {
            return New-FaultRecord -Code 'folder-not-safe' -Message $reason -Path $Path
        }
    }
}
