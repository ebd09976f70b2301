# Knows how a user asks what is recorded. What is true of the machine is asked each time; the state file alone is no proof.

<#
.SYNOPSIS
Says what Start-PortTrace records on this machine, and what ended it.

.DESCRIPTION
Get-PortTrace gives the recording that Start-PortTrace started and that
nobody has stopped yet, or nothing. It asks Windows whether a trace
session writes the file: State is Vanished where none does, since the
computer was restarted or somebody else ended it. A recording with -Until
that has come to its end stays to be seen, as Stopped with EndedBy, until
Stop-PortTrace or the next Start-PortTrace.

It needs an elevated session, as only administrators can read the state.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortTrace
ComputerName, State (Requested, Starting, Recording, Stopping, Stopped,
Failed, Vanished, Unknown), Path, StartSnapshot, StopSnapshot, Started and
Stopped (UTC), SizeBytes, MaxSizeMB, Scenario, Packets, Until, Percent,
Deadline (UTC), EndedBy (Event, Percent, Duration, Request, Vanished),
EndedDetail, Owner, Providers, CommandLine, Problems.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

RecordNotSupported    This computer does not run Windows.
FullLanguageNeeded    The session is in Constrained Language Mode.
NotElevated           The session does not have all rights.
TraceStateDamaged     The file with the state cannot be understood.
FolderNotProtected    Others than administrators can write to the folder
                      of the state, so it is not shown.

.EXAMPLE
Get-PortTrace

What is recorded, since when, and how large the file is.

.EXAMPLE
Get-PortTrace | Format-List

All of it, with the command line of netsh.

.EXAMPLE
if ((Get-PortTrace).EndedBy -eq 'Event') { Stop-PortTrace -Analyze }

Reads the trace once the event has come.

.LINK
Start-PortTrace

.LINK
Stop-PortTrace
#>
function Get-PortTrace {
    [CmdletBinding()]
    [OutputType('PortExhaustion.PortTrace')]
    param()

    $fault = Test-RecordingHost -Command 'Get-PortTrace'
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault
    }
    $found = Find-TraceState
    if ($null -ne $found.Fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $found.Fault -Target $found.Fault.path
    }
    $state = $found.State
    if ($null -eq $state) {
        Write-Verbose -Message 'This module records nothing on this machine.'
        return
    }
    $shown = Get-ShownPhase -State $state
    if ($state.task -and 'starting', 'recording', 'stopping' -contains $state.phase -and -not (Test-SystemTask -Name $state.task)) {
        $state.problems = @($state.problems) + "The task '$($state.task)' is gone: nothing but Stop-PortTrace ends the recording."
    }
    ConvertTo-PortTrace -State $state -As $shown
}
