# Knows which request may be forgotten: one of which nothing runs. Where that cannot be told, its state is the only thing that knows of the
# recording, so the task is told to stop it.

function Undo-TraceRequest {
    <#
    .SYNOPSIS
    Removes state and task; where the recording runs, asks the task to discard it and gives $true.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $now = Read-TraceState
    if ($null -ne $now -and $now.id -ne $State.id) {
        # Another recording, whose task has the same name.
        return $false
    }
    $isRunning = Test-TraceSession -State $State
    if ($null -eq $isRunning) { $isRunning = $null -ne $now -and 'requested', 'failed', 'stopped' -notcontains $now.phase }
    if ($isRunning) {
        Request-TraceStop -Request discard
        return $true
    }
    Remove-TraceState
    $null = Unregister-SystemTask -Name $State.task
    return $false
}
