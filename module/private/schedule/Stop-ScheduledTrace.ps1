# Knows how a person ends a recording of SYSTEM. netsh may merge for minutes, so the wait is long and shows how long it has been.

function Stop-ScheduledTrace {
    <#
    .SYNOPSIS
    Asks the task to stop, and waits until it has. Gives nothing, or the fault; the state says what is true.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Discard,
        [int] $TimeoutSeconds = 3600
    )

    $request = 'keep'
    if ($Discard) { $request = 'discard' }
    Use-TraceLock -TimeoutSeconds 120 -ScriptBlock { Request-TraceStop -Request $request }
    # Somebody may have deleted it.
    if (-not (Test-SystemTask -Name $State.task)) { $null = Register-TraceTask -State $State }
    $answer = Start-SystemTask -Name $State.task
    if (-not $answer.Succeeded) {
        return New-FaultRecord -Code 'task-failed' -Message "The task '$($State.task)', which records, could not be run: $($answer.Reason)" -Path $State.path
    }
    $phase = Wait-TracePhase -Phase stopped, failed -TimeoutSeconds $TimeoutSeconds -Activity 'Stopping the recording'
    if (-not $phase) {
        return New-FaultRecord -Code 'task-no-answer' -Message "The task '$($State.task)' has not stopped the recording within $TimeoutSeconds s." -Path $State.path
    }
}
