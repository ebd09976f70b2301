# Knows what is due for a recording that a task owns. Each step begins from the state and from what is true of the machine, so it does not
# matter how the one before ended.

function Invoke-TraceStep {
    <#
    .SYNOPSIS
    Does it. Gives whether the task is needed any longer.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    $state = Read-TraceState
    if ($null -eq $state -or -not $state.task -or 'stopped', 'failed' -contains $state.phase) {
        return $false
    }
    if ($state.phase -eq 'requested') {
        $fault = Start-TraceRecording -State $state
        if ($null -eq $fault) {
            return $true
        }
        $state.fault = New-Record -Value ([ordered]@{ code = $fault.code; message = $fault.message })
        # What could not be taken back only SYSTEM can stop: the next steps do.
        if ($state.phase -eq 'recording') { $state.stopRequest = 'discard' }
        Write-TraceState -State $state
        return $state.phase -eq 'recording'
    }
    $isRunning = Test-TraceSession -State $state
    $problems = New-Object -TypeName System.Collections.ArrayList
    if ($isRunning -eq $false) {
        $wasStopped = $state.phase -eq 'stopping' -and $null -ne $state.end
        $state.phase = 'stopped'
        # A step that died after netsh was done has not seen it vanish.
        if (-not $wasStopped) {
            $state.end = New-Record -Value ([ordered]@{ trigger = 'Vanished'; time = ConvertTo-CaptureTime -Time ([datetime]::UtcNow); detail = (New-VanishedFault -State $state).message })
        }
        Write-TraceState -State $state
        return $false
    }
    $end = $null
    if ($null -eq $isRunning) {
        $null = $problems.Add('Which trace sessions run cannot be told.')
    } elseif ($state.phase -eq 'stopping' -and $null -ne $state.end) {
        $end = $state.end
    } else {
        $end = Get-DueEnd -State $state -Problem $problems
    }
    if ($null -ne $end) {
        $state.end = $end
        $fault = Stop-TraceRecording -State $state -Discard:($state.stopRequest -eq 'discard')
        if ($state.phase -ne 'stopped') { $state.end = $null }
        if ($null -ne $fault) { $null = $problems.Add($fault.message) }
    }
    Add-TraceProblem -State $state -Problem $problems
    return $state.phase -ne 'stopped'
}
