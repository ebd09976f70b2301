# Knows how a user ends a recording. Whose it is and how netsh is told, module/private/record knows.

<#
.SYNOPSIS
Ends the recording that Start-PortTrace started.

.DESCRIPTION
Stop-PortTrace takes the last snapshot, tells netsh to stop and waits
until it has: netsh merges files, which can take minutes, and must not be
interrupted. Ctrl+C meanwhile does not leave a recording behind.

It stops nothing that this module did not start, and only as the user who
started it, since netsh wants that; what -Until started, the task of
SYSTEM stops. A recording that runs no more, after a restart or because
somebody ended it by hand, is an error that names the file it left.

.PARAMETER Analyze
Gives the verdict, as Read-PortTrace does, instead of the recording.

.PARAMETER Discard
Takes no snapshot and removes the trace and its snapshots.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortTrace
The recording that has ended, with Path and what ended it; nothing with
-Discard.

.OUTPUTS
PortExhaustion.TraceReport
With -Analyze.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

RecordNotSupported     This computer does not run Windows.
FullLanguageNeeded     The session is in Constrained Language Mode.
NotElevated            The session does not have all rights.
NoTraceRunning         This module records nothing here.
TraceOtherUser         Another user started it.
TraceVanished          It runs no more; the message names its file.
TraceFileMissing       It has ended, and there is no file.
TraceStopFailed        netsh did not stop it. It still runs.
TraceNotRemoved        With -Discard: files that could not be removed.
TraceSessionsUnknown   Whether it runs cannot be told.
TraceBusy              Another session, or the task, is at it just now.
TraceStateDamaged      The file with the state cannot be understood.
TraceStateNotWritten   The state cannot be written or removed.
FolderNotProtected     Others than administrators can write to the folder
                       of the state, so it is not followed.
ScheduledTaskFailed    The task that records could not be run.
ScheduledTaskNoAnswer  The task did not stop in time.

-Analyze gives the errors of Read-PortTrace too.

.EXAMPLE
Stop-PortTrace

Ends the recording and gives the paths of its files.

.EXAMPLE
Stop-PortTrace -Analyze | Format-List

Ends it and shows the verdict.

.EXAMPLE
Stop-PortTrace -Discard

Ends it and keeps nothing.

.LINK
Start-PortTrace

.LINK
Read-PortTrace
#>
function Stop-PortTrace {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Keep')]
    [OutputType('PortExhaustion.PortTrace', 'PortExhaustion.TraceReport')]
    param(
        [Parameter(ParameterSetName = 'Analyze')]
        [switch] $Analyze,

        [Parameter(ParameterSetName = 'Discard')]
        [switch] $Discard
    )

    $fault = Test-RecordingHost -Command 'Stop-PortTrace'
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault
    }
    $found = Find-TraceState
    if ($null -ne $found.Fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $found.Fault -Target $found.Fault.path
    }
    $state = $found.State
    if ($null -eq $state) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault (Get-NoTraceFault)
    }
    $action = 'netsh trace stop'
    if ($state.task) { $action += " (by the scheduled task '$($state.task)' as SYSTEM)" }
    if ('stopped', 'failed' -contains $state.phase) { $action = 'forget the recording, which has ended' }
    if ($Discard) { $action += ', and remove the trace and its snapshots' }
    if (-not $PSCmdlet.ShouldProcess($state.path, $action)) {
        return
    }
    $fault = Stop-OwnTrace -State $state -Discard:$Discard
    if ($null -ne $fault) {
        Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $state.path
    }
    $isLeft = [System.IO.File]::Exists($state.path)
    if ($Discard -or $state.phase -ne 'stopped' -or -not $isLeft) {
        return
    }
    if ($Analyze) {
        Read-PortTrace -LiteralPath $state.path
    } else {
        ConvertTo-PortTrace -State $state
    }
}
