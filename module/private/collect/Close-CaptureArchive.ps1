# Knows that half a capture must not be taken for one: what is not complete is removed, however the run ended.

function Close-CaptureArchive {
    <#
    .SYNOPSIS
    Closes what Open-CaptureArchive opened, and deletes the file unless it is complete.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Target)

    # Both write what they still hold, also where nothing can be written any more. Then the error that counts is the one before.
    foreach ($held in $Target.Archive, $Target.Stream) {
        try {
            $held.Dispose()
        } catch {
            $Target.IsComplete = $false
            Write-Verbose "Closing the unfinished capture: $($_.Exception.Message)"
        }
    }
    if (-not $Target.IsComplete) {
        [System.IO.File]::Delete($Target.Path)
    }
}
