# Knows what the scheduled task of a watch runs, as SYSTEM, with nobody there: whatever happens ends in the history, in watch.json or
# in the Application log.

function Step-PortWatch {
    <#
    .SYNOPSIS
    Takes one sample, where a watch is registered and no other sample is being taken.
    #>
    [CmdletBinding()]
    param()

    # Taking nothing is right where a sample is under way, and where the folder has gone with the watch.
    if (-not [System.IO.Directory]::Exists((Get-DataFolder))) {
        return
    }
    $watchLock = Open-WatchLock -TimeoutSeconds 0
    if ($null -eq $watchLock) {
        return
    }
    try {
        $state = Read-WatchState
        if ($null -ne $state) {
            Import-CachedNative
            Invoke-WatchStep -State $state
        }
    } catch {
        $message = $_.Exception.GetBaseException().Message
        Write-Warning -Message $message
        $untold = Send-WatchEvent -Id (Get-WatchConstant).FailureEvent -Text "The watch of ports failed: $message Unregister-PortWatch removes it."
        if ($untold) { Write-Warning -Message $untold }
    } finally {
        $watchLock.Dispose()
    }
}
