# Knows how a person ends a recording of SYSTEM. netsh may merge for minutes, so the wait is long and shows how long it has been.

function Stop-ScheduledTrace {
    <#
    .SYNOPSIS
    Runs the task, which Request-TraceStop has been asked to stop, and waits until it has. Gives nothing, or the fault. The state says what
    is true, and is forgotten where nothing runs.
    .NOTES
    The caller does not hold the lock, which the task takes.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [int] $TimeoutSeconds = 3600
    )

    $answer = Start-SystemTask -Name $State.task
    if (-not $answer.Succeeded) {
        return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)', which records, could not be run: $($answer.Reason)" -Path $State.path
    }
    $now = Wait-TracePhase -State $State -Phase stopped, failed -TimeoutSeconds $TimeoutSeconds -Activity 'Stopping the recording'
    if ($null -eq $now) {
        return New-FaultRecord -Code 'task-no-answer' -Message "The task '$($State.task)' has not stopped the recording within $TimeoutSeconds s." -Path $State.path
    }
    # Under the lock, so that the step that has stopped it comes to its end first: it still writes to the state.
    Use-TraceLock -TimeoutSeconds 120 -ScriptBlock { Complete-ScheduledStop -State $State }
}
