# Knows the lock of whoever samples, registers or removes the watch. Nothing of a watch stays, so its file does not.

function Open-WatchLock {
    <#
    .SYNOPSIS
    The open file, to be disposed of; $null where somebody else holds it for longer than -TimeoutSeconds.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileStream])]
    param([Parameter(Mandatory = $true)] [int] $TimeoutSeconds)

    return Open-LockFile -Path ([System.IO.Path]::Combine((Get-DataFolder), 'watch.lock')) -TimeoutSeconds $TimeoutSeconds -Temporary
}
