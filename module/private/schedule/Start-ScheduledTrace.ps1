# Knows how a person's request becomes a recording of SYSTEM: the task is run at once, and waited for, so that what goes wrong is an error
# here and not a line in a log.

function Start-ScheduledTrace {
    <#
    .SYNOPSIS
    Starts what the state, which Request-ScheduledTrace has kept, describes. Gives nothing, or the fault.
    .PARAMETER TimeoutSeconds
    How long the task may take to begin. Once it has, it has ten minutes: on a machine without ports the first snapshot takes its time.
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
    $wait = @{ State = $State; Activity = 'Starting the recording' }
    $now = Wait-TracePhase @wait -Phase starting, recording, failed, stopped -TimeoutSeconds $TimeoutSeconds
    if ($null -ne $now -and $now.phase -eq 'starting') {
        $now = Wait-TracePhase @wait -Phase recording, failed, stopped -TimeoutSeconds 600
    }
    if ($null -eq $now) {
        return New-FaultRecord -Code 'task-no-answer' -Message "The task '$($State.task)' did not begin to record in time." -Path $State.path
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
