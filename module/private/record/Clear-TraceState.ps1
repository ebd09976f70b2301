# Knows what an earlier recording means for a new one: one that runs is in the way, one that has ended is history, and one that ended
# without being stopped is said.

function Clear-TraceState {
    <#
    .SYNOPSIS
    Forgets an earlier recording that runs no more. Gives nothing, or the fault where one is in the way.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $found = Find-TraceState
    if ($null -ne $found.Fault) {
        return $found.Fault
    }
    $state = $found.State
    if ($null -eq $state) {
        return
    }
    if ('stopped', 'failed' -notcontains $state.phase) {
        $isRunning = Test-TraceSession -State $state
        if ($null -eq $isRunning) {
            return New-FaultRecord -Code 'sessions-unknown' -Message 'Which trace sessions run cannot be told.' -Path $state.path
        }
        if ($isRunning -or ($state.phase -eq 'requested' -and (Test-SystemTask -Name $state.task))) {
            $since = $state.started
            if (-not $since) { $since = $state.created }
            return New-FaultRecord -Code 'trace-running' -Message "$($state.owner.name) already records to '$($state.path)' since $since." -Path $state.path
        }
        Write-Warning -Message "An earlier recording was never stopped. $((New-VanishedFault -State $state).message)"
    }
    Remove-TraceState -Task $state.task
}
