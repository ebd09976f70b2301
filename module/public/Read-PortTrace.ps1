# Knows how a user asks about traces. What is in a trace and what it means, the engine says (engine/contract/*.schema.json).

<#
.SYNOPSIS
Says whether a machine ran out of ephemeral ports, from its .etl trace.

.DESCRIPTION
Read-PortTrace takes traces that were written with 'netsh trace', logman
or any other ETW recorder, on Windows 7 or Windows Server 2008 R2 and
later. It gives one report for each file: a verdict with its reasons, the
processes whose calls failed for want of a port (victims), the processes
that held the ports (holders), port reservations, and what the trace
cannot tell.

It reads the events of Microsoft-Windows-Winsock-AFD and
Microsoft-Windows-TCPIP. A trace that was recorded without both gives the
verdict 'unknown'. Packets are not needed and not looked at. These
commands, run as administrator, record a trace; let the failure happen
between them:

Start-PortTrace -Path C:\Temp\ports.etl
Stop-PortTrace

They also take a snapshot at the start and at the end, ports.start.zip and
ports.stop.zip beside the trace. Read-PortTrace finds both by itself: from
them it knows the names of processes, ports that are older than the trace,
and whose ports are in TIME_WAIT. A snapshot that cannot be used gives a
warning, and the trace is read without it.

A trace of the system's own command has no snapshots and will do too:

netsh trace start scenario=netconnection tracefile=C:\Temp\ports.etl
netsh trace stop

The file is only read, and nothing is sent anywhere. The trace need not
come from this computer: the command also runs in PowerShell 7 on Linux,
and on macOS with Node.js 20 or later.

Format-List shows a report as a text to read. Its properties hold all of
it as objects.

.PARAMETER Path
Traces to read. Wildcards are allowed; a folder that one matches is
passed over.

.PARAMETER LiteralPath
Traces to read, by their exact names: no character is a wildcard.
Takes the files of Get-ChildItem from the pipeline.

.PARAMETER Since
Only events at or after this moment count. A time that does not say
otherwise is local time of this computer.

.PARAMETER Until
Only events at or before this moment count. A time that does not say
otherwise is local time of this computer.

.PARAMETER SnapshotPath
Snapshots of New-PortSnapshot that were taken while the trace was
recorded, zips or folders. With this none are looked for beside the
trace. A snapshot of another computer or another time is not used.

.PARAMETER Failure
Instead of a report, one object for each bind, connect, listen or
reservation call that failed, while the file is read.

.INPUTS
System.String
A path, or an object with a property Path, LiteralPath, FullName or
PSPath.

.OUTPUTS
PortExhaustion.TraceReport
One for each file. findings, unchecked and remedies say what follows from
the verdict; Get-PortRemedy shows all of a remedy. All times in it are
[datetime] in UTC.

.OUTPUTS
PortExhaustion.TraceFailureEvent
With -Failure, one for each failed call.

.NOTES
A file that cannot be read gives one error, and the next file is read.
What to do is in ErrorDetails.RecommendedAction of the error. Error
ids (the part of FullyQualifiedErrorId before the comma):

TraceFileNotFound     No such file, or nothing matches the wildcard.
TraceFileIsFolder     The path is a folder.
TraceNotOnFileSystem  The path is none of files, as in HKLM: or Env:.
TraceAccessDenied     This user may not read the file.
TraceFileEmpty        The file has no content.
NotATrace             The file is no .etl trace.
TraceStillWritten     The trace session still writes the file.
TraceReadFailed       The system failed to read the file.
EngineInternalError   The engine has a fault.
EngineDied            The engine stopped before it was done.
EngineStartFailed     The engine does not start.
EngineOutputInvalid   The engine wrote something that is no record.
ContractMismatch      Module and engine are of different versions.
EngineError           An error that this module does not know.

These two end the command:

EngineNotFound        The module has no engine for this computer.
SystemTooOld          The engine does not run on a Windows so old.
InvalidTimeRange      -Since is later than -Until.

A damaged file is read as far as possible. Warnings say what was lost,
at most 10 for each file, and coverage of the report counts it.

.EXAMPLE
Read-PortTrace -Path C:\Temp\ports.etl

In short: did the machine run out of ports, in what pattern, which
process is responsible, and who was hurt.

.EXAMPLE
Read-PortTrace C:\Temp\ports.etl | Format-List

The report as a text: verdict, reasons, victims, holders, failures, and
what the trace cannot tell.

.EXAMPLE
Get-ChildItem *.etl | Read-PortTrace | Where-Object { $_.verdict.exhausted -eq 'yes' }

The reports of machines that ran out of ports, from all traces in the
current folder.

.EXAMPLE
(Read-PortTrace C:\Temp\ports.etl).holders | Sort-Object peak -Descending

The processes, those first that held most ports at one time.

.EXAMPLE
Read-PortTrace ports.etl -Since '2026-11-24 03:00' -Failure |
    Select-Object time, processName, processId, operation, remote, status | Export-Csv failed.csv

Every call that failed after three o'clock, local time, as a table.

.EXAMPLE
Read-PortTrace C:\Temp\ports.etl -SnapshotPath C:\Temp\before.zip, C:\Temp\after.zip

Reads two snapshots beside a trace that netsh recorded.

.LINK
Get-PortRemedy

.LINK
about_PortExhaustion

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Read-PortTrace {
    [CmdletBinding(DefaultParameterSetName = 'Path', PositionalBinding = $false)]
    [OutputType('PortExhaustion.TraceReport', 'PortExhaustion.TraceFailureEvent')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath,

        [datetime] $Since,

        [datetime] $Until,

        [ValidateNotNullOrEmpty()]
        [string[]] $SnapshotPath,

        [switch] $Failure
    )

    begin {
        $engine = Get-EngineCommand
        $snapshots = $null
        $options = ConvertTo-TraceOption -Bound $PSBoundParameters
        $fault = Test-TraceRequest -Engine $engine -Bound $PSBoundParameters
        if ($null -ne $fault) {
            Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $fault.path -Noun 'Trace' -Terminating
        }
        if ($PSBoundParameters.Keys -contains 'SnapshotPath') {
            $snapshots = @(foreach ($given in $SnapshotPath) {
                    Resolve-SnapshotPath -Path $given
                })
        }
    }
    process {
        $isLiteral = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($given in $PSBoundParameters[$PSCmdlet.ParameterSetName]) {
            foreach ($target in @(Resolve-InputPath -Path $given -Literal:$isLiteral)) {
                if ($null -eq $target.Fault) {
                    Read-TraceFile -Cmdlet $PSCmdlet -Engine $engine -Path $target.Path -Option $options -Snapshot $snapshots -Failure:$Failure
                } else {
                    Write-Fault -Cmdlet $PSCmdlet -Fault $target.Fault -Target $target.Path -Noun 'Trace'
                }
            }
        }
    }
}
