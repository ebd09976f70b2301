# Knows how a user asks for a watch. What it does, module/private/watch knows.

<#
.SYNOPSIS
Watches how full the pools of this machine are, and keeps the evidence when ports run short.

.DESCRIPTION
Register-PortWatch registers a scheduled task of SYSTEM that takes a light
sample every few minutes, and at once when Windows logs 4227, 4231 or
4266 (in a swarm of events not before half of the interval is over, unless
one proves a breach). A sample reads the tables of ports and touches no process. It keeps
a history, which Get-PortHistory reads, of 8 MB at most. Nothing is sent
anywhere, and no window is shown.

A breach begins where -Percent of a pool are used, or where Windows logs
4231 or 4266, which say that no port could be given out. Event 4227 is only
noted: it tells of one destination, and the pool may be far from full. A
breach ends when the pool has been 5 points below -Percent for a quarter of
an hour, an hour after the last such event. At its beginning, at the first
such event of one that began without, and once an hour while it lasts, the
watch does what -OnBreach says. The newest 20 snapshots and 3 traces are
kept, and none is taken that would leave less than 200 MB of its drive.

Three samples in a row that fail, and a state that cannot be kept, are told
by event 101 of the source PortExhaustion in the Application log; a breach
by event 100.

SYSTEM must not run what others can change: the module must lie where only
administrators can write, such as Program Files. So must -Path.

Unregister-PortWatch removes all of it. Run it before the module is moved
or uninstalled; after an update, Register-PortWatch -Force makes the task
run the new version.

.PARAMETER IntervalMinutes
Time between two samples, 1 to 1440 minutes.

.PARAMETER Percent
Used part of a pool that begins a breach.

.PARAMETER OnBreach
What is done: Snapshot (as New-PortSnapshot makes it), Trace (a recording
of 10 minutes and 256 MB at most, as Start-PortTrace -Until Duration makes
it; none where any recording runs already, which is never stopped), Event
(a warning in the Application log that names pool, program and files).

.PARAMETER Path
Folder for the history and the folder Evidence. It is made where it is
missing. Without it, C:\ProgramData\PortExhaustion\Watch.

.PARAMETER Force
Replaces a watch that is registered. What it has kept stays where it is.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortWatch
As Get-PortWatch gives it.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma). Nothing is
left behind by any of them:

RecordNotSupported      This computer does not run Windows.
FullLanguageNeeded      The session is in Constrained Language Mode.
NotElevated             The session does not have all rights.
EngineNotFound          There is no engine for this computer.
SystemTooOld            The engine does not run on this Windows.
ModuleNotProtected      Others than administrators can change the module.
FolderNotProtected      Others than administrators can write to the folder.
WatchExists             There is a watch, and -Force is not given.
WatchDamaged            There is one whose state cannot be understood.
WatchBusy               A sample is under way and does not end.
TracePathNotLocal       The path is not on a fixed drive.
TraceFolderNotFound     The path is a file.
TraceFolderNotWritable  The folder could not be made.
TraceStateNotWritten    The state cannot be written.
ScheduledTaskFailed     The task could not be registered.

.EXAMPLE
Register-PortWatch

Samples every 5 minutes; from 80 percent on it keeps snapshots and writes
events.

.EXAMPLE
Register-PortWatch -IntervalMinutes 1 -Percent 90 -OnBreach Snapshot, Trace, Event

Also records when it happens.

.EXAMPLE
Register-PortWatch -Path D:\Ports -WhatIf

Says what would be registered, and where.

.LINK
Get-PortWatch

.LINK
Get-PortHistory

.LINK
Unregister-PortWatch
#>
function Register-PortWatch {
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false)]
    [OutputType('PortExhaustion.PortWatch')]
    param(
        [ValidateRange(1, 1440)]
        [int] $IntervalMinutes = 5,

        [ValidateRange(1, 100)]
        [int] $Percent = 80,

        [ValidateSet('Snapshot', 'Trace', 'Event')]
        [string[]] $OnBreach = @('Snapshot', 'Event'),

        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [switch] $Force
    )

    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        return Write-Fault -Cmdlet $PSCmdlet -Fault (Test-RecordingHost -Command 'Register-PortWatch') -Target $Path
    }
    $folder = Get-DefaultWatchFolder
    if ($Path) {
        $target = @(Resolve-InputPath -Path $Path -Literal)[0]
        if ($null -ne $target.Fault) {
            $fault = New-FaultRecord -Code 'trace-folder-not-found' -Message $target.Fault.message -Path $Path
            return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $Path
        }
        $folder = $target.Path
        # Not of a drive: C: without its end is whatever folder a process is in, system32 for a task.
        if ([System.IO.Path]::GetPathRoot($folder) -ne $folder) { $folder = $folder.TrimEnd([System.IO.Path]::DirectorySeparatorChar) }
    }
    $what = @($OnBreach | Select-Object -Unique)
    $action = "Register the scheduled task '$((Get-WatchConstant).Task)' as SYSTEM: every $IntervalMinutes min and at events 4227, 4231, 4266; " +
    "from $Percent % on: $($what -join ', ')"
    if (-not $PSCmdlet.ShouldProcess($folder, $action)) {
        return
    }
    $fault = Test-RecordingHost -Command 'Register-PortWatch'
    if ($null -eq $fault) {
        $wish = @{ IntervalMinutes = $IntervalMinutes; Percent = $Percent; OnBreach = $what; Path = $folder }
        $fault = Register-CheckedWatch -Wish $wish -Force:$Force
    }
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $folder
    }
    ConvertTo-PortWatch -State (Read-WatchState) -As 'Active'
}
