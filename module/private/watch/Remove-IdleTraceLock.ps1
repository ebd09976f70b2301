# Knows that the lock of recordings is a file which stays: with no recording left it keeps the data folder from going.

function Remove-IdleTraceLock {
    <#
    .SYNOPSIS
    Removes the file of the lock where nothing is recorded and nobody holds it.
    #>
    [CmdletBinding()]
    param()

    if ([System.IO.File]::Exists((Get-TraceStatePath))) {
        return
    }
    try {
        [System.IO.File]::Delete([System.IO.Path]::Combine((Get-DataFolder), 'trace.lock'))
    } catch {
        # Windows refuses where a process holds it: then somebody begins to record, and needs the folder.
        Write-Verbose -Message "The lock of recordings stays: $($_.Exception.GetBaseException().Message)"
    }
}
