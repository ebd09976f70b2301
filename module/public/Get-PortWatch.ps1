# Knows how a user looks at the watch of this machine. Whether its task is there is asked each time.

<#
.SYNOPSIS
Says what Register-PortWatch watches on this machine, and what it has found.

.DESCRIPTION
Get-PortWatch gives the watch, or nothing where none is registered. State
says whether it watches:

Active           It does. FailedSamples and LastProblem say how well.
TaskMissing      The scheduled task has gone: no sample is taken.
ModuleMissing    The module that the task runs has gone: it was moved, or
                 uninstalled. Register-PortWatch -Force of the module that
                 is there replaces it.
Late             No sample for more than two intervals and 5 minutes: the
                 task is disabled or fails. Its last result stands in Task
                 Scheduler. A machine that slept is late for one interval.

It needs an elevated session, as only administrators can read the state.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortWatch
State, IntervalMinutes, Percent, OnBreach, Path, HistoryPath, Registered,
RegisteredBy, LastSample (times in UTC), FailedSamples (in a row up to the
last one, 0 where that was good), LastProblem (with its time, also where
all was well since), Breach and BreachSince ($null where none is),
Evidence (the files that are kept).

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

RecordNotSupported    This computer does not run Windows.
FullLanguageNeeded    The session is in Constrained Language Mode.
NotElevated           The session does not have all rights.
FolderNotProtected    Others than administrators can write to the folder of
                      the module in ProgramData: what it says of a watch
                      may be theirs.
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
    if ($null -eq $fault) { $fault = Test-DataFolder }
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
    ConvertTo-PortWatch -State $state -As (Get-WatchCondition -State $state)
}
