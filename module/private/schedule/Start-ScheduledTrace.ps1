# Knows how a person's request becomes a recording of SYSTEM: the task is run at once, and waited for, so that what goes wrong is an error
# here and not a line in a log.

function Start-ScheduledTrace {
    <#
    .SYNOPSIS
    Starts what the state, which Request-ScheduledTrace has kept, describes. Gives nothing, or the fault.
    .NOTES
    The caller does not hold the lock, which the task takes, and takes it all back where there is a fault.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [int] $TimeoutSeconds = 120
    )

    $answer = Start-SystemTask -Name $State.task
    if (-not $answer.Succeeded) {
        return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)' could not be run: $($answer.Reason)" -Path $State.path
    }
    $now = Wait-TracePhase -State $State -Phase recording, failed, stopped -TimeoutSeconds $TimeoutSeconds -Activity 'Starting the recording'
    if ($null -eq $now) {
        return New-FaultRecord -Code 'task-no-answer' -Message "The task '$($State.task)' did not begin to record within $TimeoutSeconds s." -Path $State.path
    }
    if ($now.phase -eq 'gone') {
        return New-FaultRecord -Code 'trace-start-failed' -Message "Another session ended the recording before the task '$($State.task)' had begun it." -Path $State.path
    }
    if ($null -ne $now.fault) {
        return New-FaultRecord -Code $now.fault.code -Message $now.fault.message -Path $State.path
    }
    if ($null -ne $now.end -and $now.end.trigger -eq 'Vanished') {
        return New-FaultRecord -Code 'trace-start-failed' -Message $now.end.detail -Path $State.path
    }
}
