# Knows what the scheduled task of a watch runs, as SYSTEM, with nobody there: whatever happens ends in the history, in watch.json or
# in the Application log. What was safe when the watch was registered may not be any more: where an administrator has removed the data
# folder and not the task, any user can make one of that name, with orders for SYSTEM in it.

function Step-PortWatch {
    <#
    .SYNOPSIS
    Takes one sample, where a watch is registered and no other sample is being taken. A task without a watch removes itself.
    #>
    [CmdletBinding()]
    param()

    $task = (Get-WatchConstant).Task
    $watchLock = $null
    try {
        if (-not [System.IO.Directory]::Exists((Get-DataFolder))) {
            # Not Unregister-SystemTask, which also cleans up in that folder: somebody may just be making one.
            $null = Invoke-SchTasks -ArgumentList '/Delete', '/TN', $task, '/F'
            return
        }
        Assert-SafeForSystem -Fault (Test-DataFolder)
        $watchLock = Open-WatchLock -TimeoutSeconds 0
        if ($null -eq $watchLock) {
            return
        }
        $null = Remove-StrayFile
        $state = Read-WatchState
        if ($null -eq $state) {
            $null = Unregister-SystemTask -Name $task
            return
        }
        Assert-SafeForSystem -Fault (Restore-WatchFolder -Path $state.path)
        Invoke-WatchStep -State $state
        # Task Scheduler leaves out runs for events that come while one lasts. So it looks once more; without news that does nothing.
        Invoke-WatchStep -State $state
    } catch {
        $message = $_.Exception.GetBaseException().Message
        Write-Warning -Message $message
        $untold = Send-WatchEvent -Sparing -Id (Get-WatchConstant).FailureEvent -Text "The watch of ports failed: $message Unregister-PortWatch removes it."
        if ($untold) { Write-Warning -Message $untold }
    } finally {
        if ($null -ne $watchLock) { $watchLock.Dispose() }
    }
}
