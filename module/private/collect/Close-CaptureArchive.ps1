# Knows that half a capture must not be taken for one: what is not complete is removed, however the run ended.

function Close-CaptureArchive {
    <#
    .SYNOPSIS
    Closes what Open-CaptureArchive opened, and deletes the file unless it is complete.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Target)

    try {
        # Writes what it still holds, also here, where nothing can be written any more.
        $Target.Archive.Dispose()
        $Target.Stream.Dispose()
    } catch {
        $Target.IsComplete = $false
        Write-Verbose "Closing the unfinished capture: $($_.Exception.Message)"
        $Target.Stream.Dispose()
    } finally {
        if (-not $Target.IsComplete) {
            [System.IO.File]::Delete($Target.Path)
        }
    }
}
