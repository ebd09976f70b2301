# Knows how a user looks at the watch of this machine. Whether its task is there is asked each time.

<#
.SYNOPSIS
Says what Register-PortWatch watches on this machine, and what it has found.

.DESCRIPTION
Get-PortWatch gives the watch, or nothing where none is registered. State
is TaskMissing where the scheduled task has gone: then no sample is taken.

It needs an elevated session, as only administrators can read the state.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortWatch
State (Active, TaskMissing), IntervalMinutes, Percent, OnBreach, Path,
HistoryPath, Registered, RegisteredBy, LastSample (times in UTC),
LastProblem, Breach and BreachSince ($null where none is), Evidence (the
files that are kept).

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

RecordNotSupported    This computer does not run Windows.
FullLanguageNeeded    The session is in Constrained Language Mode.
NotElevated           The session does not have all rights.
WatchDamaged          The file with the state cannot be understood.

.EXAMPLE
Get-PortWatch

Whether the watch is active, when the last sample was, and whether ports
are short.

.EXAMPLE
Get-PortWatch | Get-PortHistory -Last 20

The last samples.

.EXAMPLE
(Get-PortWatch).Evidence | Where-Object { $_ -like '*.zip' } | Select-Object -Last 1 | Test-PortExhaustion

What the newest snapshot says.

.LINK
Register-PortWatch

.LINK
Get-PortHistory
#>
function Get-PortWatch {
    [CmdletBinding()]
    [OutputType('PortExhaustion.PortWatch')]
    param()

    $fault = Test-RecordingHost -Command 'Get-PortWatch'
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault
    }
    try {
        $state = Read-WatchState
    } catch {
        $fault = New-FaultRecord -Code 'watch-damaged' -Message $_.Exception.GetBaseException().Message
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target (Get-WatchStatePath)
    }
    if ($null -eq $state) {
        Write-Verbose -Message 'No watch is registered on this machine.'
        return
    }
    $shown = 'TaskMissing'
    if (Test-SystemTask -Name $state.task) { $shown = 'Active' }
    ConvertTo-PortWatch -State $state -As $shown
}
