# Knows what the task of a recording does at each run: a step, and away with the task where no other will follow.

function Step-PortTrace {
    <#
    .SYNOPSIS
    One step. Where another process holds the lock, the next run does it.
    #>
    [CmdletBinding()]
    param()

    try {
        $isNeeded = Use-TraceLock -ScriptBlock {
            try {
                Import-CachedNative
                Invoke-TraceStep
            } catch {
                Add-StepFailure -Message $_.Exception.GetBaseException().Message
                throw
            }
        }
    } catch [System.TimeoutException] {
        return
    }
    if (-not $isNeeded) {
        $null = Unregister-SystemTask -Name (Get-TraceTaskName)
    }
}
