# Knows what the task of a recording does at each run: a step, and away with the task where no other will follow. That happens under the
# lock, as a recording that begins right after it has a task of the same name.

function Step-PortTrace {
    <#
    .SYNOPSIS
    One step. Where another process holds the lock, the next run does it.
    #>
    [CmdletBinding()]
    param()

    # The folder was safe when the task was made; but somebody may have removed it since, and anybody may make another. From its state comes
    # what SYSTEM runs.
    if (-not [System.IO.Directory]::Exists((Get-DataFolder)) -or $null -ne (Test-FolderSafety -Path (Get-DataFolder))) {
        # Not Unregister-SystemTask, which also cleans up in that folder.
        $null = Invoke-SchTasks -ArgumentList '/Delete', '/TN', (Get-TraceTaskName), '/F'
        return
    }
    try {
        Use-TraceLock -ScriptBlock {
            try {
                Import-CachedNative
                if (-not (Invoke-TraceStep)) { $null = Unregister-SystemTask -Name (Get-TraceTaskName) }
            } catch {
                Add-StepFailure -Message $_.Exception.GetBaseException().Message
                throw
            }
        }
    } catch [System.TimeoutException] {
        # The next run does it.
        return
    }
}
