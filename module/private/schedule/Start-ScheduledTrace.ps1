# Knows how a person's request becomes a recording of SYSTEM: the task is registered, run at once, and waited for, so that what goes wrong
# is an error here and not a line in a log.

function Start-ScheduledTrace {
    <#
    .SYNOPSIS
    Starts what the state, which is written and 'requested', describes. Gives nothing, or the fault; then neither task nor session is left.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [int] $TimeoutSeconds = 120
    )

    $isDone = $false
    try {
        $answer = Register-TraceTask -State $State
        if ($answer.Succeeded) { $answer = Start-SystemTask -Name $State.task }
        if (-not $answer.Succeeded) {
            return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)' could not be registered and run: $($answer.Reason)" -Path $State.path
        }
        $phase = Wait-TracePhase -Phase recording, failed, stopped -TimeoutSeconds $TimeoutSeconds -Activity 'Starting the recording'
        if ($phase -eq 'failed') {
            $fault = (Read-TraceState).fault
            return New-FaultRecord -Code $fault.code -Message $fault.message -Path $State.path
        }
        if ('recording', 'stopped' -notcontains $phase) {
            return New-FaultRecord -Code 'task-no-answer' -Message "The task '$($State.task)' did not begin to record within $TimeoutSeconds s." -Path $State.path
        }
        $isDone = $true
    } finally {
        if (-not $isDone) { Undo-ScheduledTrace -State $State }
    }
}
