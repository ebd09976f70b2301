# Knows how a user ends the watch of this machine. What belongs to it, module/private/watch/Remove-Watch.ps1 knows.

<#
.SYNOPSIS
Removes the watch that Register-PortWatch registered, with all that it has made.

.DESCRIPTION
Unregister-PortWatch removes the scheduled task, waits for a sample that
is being taken, and removes the history, snapshots and traces of the
watch, its state, the source PortExhaustion of the Application log where
the watch made it, and folders that are empty then. Files of others stay.
Events that were written stay in the log. A recording that the watch
started is ended.

What cannot be removed is named by an error, and the rest is removed all
the same.

.PARAMETER KeepEvidence
Keeps the history, the snapshots and the traces. A recording that runs
ends by itself.

.INPUTS
None

.OUTPUTS
None

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

RecordNotSupported    This computer does not run Windows.
FullLanguageNeeded    The session is in Constrained Language Mode.
NotElevated           The session does not have all rights.
FolderNotProtected    Others than administrators can write to the folder of
                      the module in ProgramData. Only the task is removed:
                      what else is to go may be their wish.
NoWatch               None is registered.
WatchNotRemoved       Something could not be removed, and is named. After a
                      damaged state it says that a folder of -Path is not
                      known.

.EXAMPLE
Unregister-PortWatch

Removes everything.

.EXAMPLE
Unregister-PortWatch -KeepEvidence

Only ends the watch.

.EXAMPLE
Unregister-PortWatch -WhatIf

Says what would go.

.LINK
Register-PortWatch

.LINK
Get-PortWatch
#>
function Unregister-PortWatch {
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false)]
    param([switch] $KeepEvidence)

    $fault = Test-RecordingHost -Command 'Unregister-PortWatch'
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault
    }
    $fault = Test-DataFolder
    if ($null -ne $fault) {
        $task = (Get-WatchConstant).Task
        # Not Unregister-SystemTask, which also removes files there.
        if ($PSCmdlet.ShouldProcess($task, 'Remove the scheduled task, and nothing else')) { $null = Invoke-SchTasks -ArgumentList '/Delete', '/TN', $task, '/F' }
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $fault.path
    }
    $state = $null
    $left = @()
    try {
        $state = Read-WatchState
        $isThere = $null -ne $state -or (Test-SystemTask -Name (Get-WatchConstant).Task)
    } catch {
        $isThere = $true
        $left += "$($_.Exception.GetBaseException().Message) If the watch had a -Path of its own, what it kept there is left"
    }
    if (-not $isThere) {
        $fault = New-FaultRecord -Code 'no-watch' -Message 'No watch is registered on this machine.'
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault
    }
    $shown = Get-DefaultWatchFolder
    if ($null -ne $state) { $shown = $state.path }
    $action = 'Remove the watch with its history and evidence'
    if ($KeepEvidence) { $action = 'Remove the watch, and keep its history and evidence' }
    if (-not $PSCmdlet.ShouldProcess($shown, $action)) {
        return
    }
    $left += @(Remove-Watch -State $state -KeepEvidence:$KeepEvidence)
    if ($left.Count -gt 0) {
        $fault = New-FaultRecord -Code 'watch-not-removed' -Message "Not all of the watch could be removed: $($left -join '; ')."
        Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $shown
    }
}
