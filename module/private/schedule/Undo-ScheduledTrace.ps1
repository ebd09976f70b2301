# Knows that a task which was thought dead may be just about to record: so the state is changed under the lock, for which a step that runs
# is waited for, and a recording that came to be is ended by the user who started it, SYSTEM.

function Undo-ScheduledTrace {
    <#
    .SYNOPSIS
    Leaves neither recording nor task. Says in a warning what is left all the same.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    try {
        $isRunning = Use-TraceLock -TimeoutSeconds 120 -ScriptBlock {
            $runs = Test-TraceSession -State $State
            if ($null -eq $runs) {
                # Where sessions cannot be told, the state must not be forgotten that alone knows of one.
                $now = Read-TraceState
                $runs = $null -ne $now -and 'requested', 'failed', 'stopped' -notcontains $now.phase
            }
            if ($runs) { Request-TraceStop -Request discard } else { Remove-TraceState }
            $runs
        }
        if ($isRunning) {
            $null = Start-SystemTask -Name $State.task
            $phase = Wait-TracePhase -Phase stopped, failed -TimeoutSeconds 600 -Activity 'Stopping the recording'
            if (-not $phase) { Write-Warning -Message "The recording to '$($State.path)' is not stopped yet; its task will do so." ; return }
        }
    } catch [System.TimeoutException] {
        Write-Warning -Message "The task '$($State.task)' is still at work. Look with Get-PortTrace."
        return
    }
    $null = Unregister-SystemTask -Name $State.task
}
