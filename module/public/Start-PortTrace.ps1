# Knows how a user asks for a recording. The command line of netsh, and what must be true before it is run, module/private/record knows.

<#
.SYNOPSIS
Records what ends in an answer: why this machine runs out of ports.

.DESCRIPTION
Start-PortTrace starts a recording with netsh, which every Windows since
7 and Server 2008 R2 has, in a way that cannot hurt the machine: only the
events of Microsoft-Windows-Winsock-AFD and Microsoft-Windows-TCPIP that
tell of ports, no packets, a file of limited size that overwrites its
oldest part, no report. It takes a snapshot (as New-PortSnapshot does)
beside the trace at the start and at the stop, so that Read-PortTrace
knows programs by name and sockets that are older than the recording.

Before anything is started it checks that nobody else records: a
recording of others is named and never stopped. It needs an elevated
session. Stop-PortTrace ends the recording, as the same user, since netsh
wants that.

With -Until a scheduled task of SYSTEM records. Then it goes on when you
sign out, ends when the event, the share of used ports or the time comes,
takes the last snapshot, and removes itself. Get-PortTrace says how far it
is and what ended it.

-WhatIf prints the exact command line of netsh and touches nothing. On a
computer that is no Windows it prints those of Windows 7, 10 and 11.

.PARAMETER Path
File to write (.etl), or a folder for a file named
PORTS-<computer>-<date>-<time>.etl. Without it, that file in
C:\ProgramData\PortExhaustion\Traces, which only administrators can read.

.PARAMETER MaxSizeMB
Largest size of the file, 16 to 4000 MB: of larger ones netsh has been
seen to lose events while it stops. The drive needs twice as much, since
netsh copies meanwhile.

.PARAMETER Scenario
Lean records what this module needs and no more. NetConnection records
netsh's scenario of that name, as the classic procedure does: with
-Capture it is the same recording.

.PARAMETER Capture
Records packets too. They make the file large and hold what programs send
to each other; for running out of ports they are not needed.

.PARAMETER Until
What ends the recording, each one alone: Event (Windows logs 4227, 4231
or 4266: a port could not be given out), Percent (that part of a pool is
used), Duration (after -Minutes). Without Duration it ends after seven
days.

.PARAMETER Percent
Used part of the fullest pool that ends the recording, looked at once a
minute. Naming it is the same as -Until Percent.

.PARAMETER Minutes
How long the recording lasts at most, 1 to 10080 minutes (seven days).
Naming it is the same as -Until Duration. With -Until Duration and
without it, an hour.

.PARAMETER Force
Overwrites a trace and snapshots that exist. It never stops a recording.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortTrace
ComputerName, State, Path, StartSnapshot, StopSnapshot, Started and
Stopped (UTC), SizeBytes, MaxSizeMB, Scenario, Packets, Until, Percent,
Deadline (UTC), EndedBy, EndedDetail, Owner, Providers, CommandLine,
Problems.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma). Nothing is
left behind by any of them, unless the message or a warning says what:

RecordNotSupported      This computer does not run Windows.
FullLanguageNeeded      The session is in Constrained Language Mode.
NotElevated             The session does not have all rights.
NetshNotFound           Windows has no netsh.exe.
TraceAlreadyRunning     A recording of this module runs.
ForeignTraceRunning     Somebody else's recording runs.
TraceSessionsUnknown    Whether one runs cannot be told.
TracePathInvalid        netsh cannot take the path.
TracePathNotLocal       The path is not on a fixed drive, or leads
                        through a link.
TraceFolderNotFound     There is no such folder.
TraceFolderNotWritable  You cannot write to the folder.
TraceFileExists         There is such a file, and -Force is not given.
TraceDiskFull           The drive has less than twice the size free.
TraceStartFailed        netsh did not start the recording.
TraceBusy               Another session starts or stops one just now.
TraceStateDamaged       The file with the state cannot be understood.
TraceStateNotWritten    The state cannot be written.
FolderNotProtected      Others than administrators can write to the folder
                        of the state; with -Until, to that of -Path.

With -Until also:

ModuleNotProtected      Others than administrators can change the module.
ScheduledTaskFailed     The task could not be registered or run.
ScheduledTaskNoAnswer   The task did not begin to record.
EngineNotFound          For Percent: no engine for this computer.
SystemTooOld            For Percent: the engine does not run here.

.EXAMPLE
Start-PortTrace

Records until Stop-PortTrace.

.EXAMPLE
Start-PortTrace -Until Event, Percent -Percent 90 -Minutes 1440

Waits for the failure, for a day at most, whoever is signed in.

.EXAMPLE
Start-PortTrace -Path D:\Traces\web01.etl -WhatIf

Shows the command line.

.EXAMPLE
Start-PortTrace -Scenario NetConnection -Capture -MaxSizeMB 1024

The recording of the classic procedure, for Network Monitor.

.LINK
Stop-PortTrace

.LINK
Read-PortTrace

.LINK
https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-trace
#>
function Start-PortTrace {
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false)]
    [OutputType('PortExhaustion.PortTrace')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [ValidateRange(16, 4000)]
        [int] $MaxSizeMB = 256,

        [ValidateSet('Lean', 'NetConnection')]
        [string] $Scenario = 'Lean',

        [switch] $Capture,

        [ValidateSet('Event', 'Percent', 'Duration')]
        [string[]] $Until = @(),

        [ValidateRange(1, 100)]
        [int] $Percent = 90,

        [ValidateRange(1, 10080)]
        [int] $Minutes = 60,

        [switch] $Force
    )

    $line = @{ Scenario = $Scenario; Packets = $Capture; Overwrite = $Force; MaxSizeMB = $MaxSizeMB }
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        $shown = 'C:\Temp\ports.etl'
        if ($Path) { $shown = $Path }
        $fault = Test-RecordingHost -Command 'Start-PortTrace' -CommandLine (New-NetshCommandLine -Path $shown -Build 26100 @line)
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $Path
    }
    $target = Resolve-TraceTarget -Cmdlet $PSCmdlet -Path $Path
    if ($null -ne $target.Fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $target.Fault -Target $Path
    }
    if ((Test-PortCollector) -and $WhatIfPreference) {
        foreach ($example in Get-ExampleBuild) {
            $null = $PSCmdlet.ShouldProcess("$($target.Path) ($($example.Name))", (New-NetshCommandLine -Path $target.Path -Build $example.Build @line))
        }
        return
    }
    $ends = Get-TraceEnd -Bound $PSBoundParameters -Until $Until -Percent $Percent -Minutes $Minutes
    $state = New-TraceState -Path $target.Path @line @ends -Build ([int] (Get-HostBuild))
    $action = $state.commandLine
    if ($state.task) { $action += " (by the scheduled task '$($state.task)' as SYSTEM, until $($state.until -join ', '))" }
    if (-not $PSCmdlet.ShouldProcess($target.Path, $action)) {
        return
    }
    $fault = Test-RecordingHost -Command 'Start-PortTrace'
    if ($null -eq $fault) { $fault = Start-CheckedTrace -State $state -Force:$Force }
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $target.Path
    }
    $now = Read-TraceState
    if ($null -eq $now) { $now = $state }
    ConvertTo-PortTrace -State $now
}
