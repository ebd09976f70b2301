# Knows how a user asks whether ports are being eaten up now. Samples are compared by the engine (engine/contract/change.schema.json), as
# are snapshots by Compare-PortSnapshot; a watch's history is judged by it as well.

<#
.SYNOPSIS
Measures which processes take ports on this machine, how fast, and when the ports run out.

.DESCRIPTION
Measure-PortChurn reads this Windows machine several times and compares
what it saw: for each process how many ports it opened, closed and kept
(Changes), for each pool the net change in a minute with the interval that
holds the true rate in 95 of 100 cases, and the time to exhaustion where
it grows by more than chance explains (Growth). Where it does not, it says
so.

A sample is light: tables of ports, processes and ranges. Where no table
shows bound ports, or with -IncludeHandle, the handles of all processes
are read too, in every sample of the series: samples that see different
things could not be compared. A process that another one started may hold
ports that the other opened; only handles show that.

Ports that are opened and closed between two samples are not seen: opened
and closed are at least what is said. A slow leak needs more time than the
60 seconds of the defaults, so give a longer -IntervalSeconds, or let
Register-PortWatch keep a history and give that to -HistoryPath.

Reading changes nothing; samples are written to a private folder and
deleted again.

.PARAMETER IntervalSeconds
Seconds from the end of one sample to the beginning of the next, 1 to
3600; 30 if not given.

.PARAMETER Count
How many samples to take, 2 to 100; 3 if not given.

.PARAMETER IncludeHandle
Reads the handles of all processes in every sample, so that ports count
for the process that holds them, whoever opened them.

.PARAMETER ComputerName
Computers to measure instead of this one, all at the same time, by
PowerShell remoting. They need no module and no engine: both stay here.
Handles are read there with -IncludeHandle only.

.PARAMETER Session
Sessions of New-PSSession to measure by, instead of this computer. For
many samples they cost less than -ComputerName, which connects anew each
time.

.PARAMETER Credential
The user to read other computers as.

.PARAMETER ThrottleLimit
How many computers are read at a time.

.PARAMETER HistoryPath
Histories that Register-PortWatch keeps, instead of samples taken now: a
history.csv, or the folder that holds it. It may be of another computer.
Wildcards are allowed. Takes the object of Get-PortWatch from the pipeline.

.INPUTS
PortExhaustion.PortWatch
What Get-PortWatch gives, or any object with a property HistoryPath.

.OUTPUTS
PortExhaustion.Comparison
As from Compare-PortSnapshot; one for each computer.

.OUTPUTS
PortExhaustion.PortGrowth
With -HistoryPath, one for each pool: of the last stretch without a gap.
A history tells who held most (Get-PortHistory), not who grew.

.NOTES
A sample that fails is a warning, as long as two are left. What to do is
in ErrorDetails.RecommendedAction of an error. Error ids (the part of
FullyQualifiedErrorId before the comma):

LiveReadNotSupported    This computer cannot be read: it is not Windows.
LiveReadFailed          This computer could not be read twice.
RemoteReadFailed        Another computer could not be read twice.
HistoryNotFound         There is no such file or folder, or no history in
                        it, or you may not read it.
HistoryInvalid          The file is something else.
CapturesTooFew          The samples are of one moment.
CapturesOfTwoMachines   The machine was renamed meanwhile.
CapturesRestartBetween  The samples are not of one start of the machine.
CapturesClockJump       The clock of the machine was set meanwhile.
EvidenceFileNotFound    A file went away while it was read.
EvidenceFileIsFolder    The path became a folder while it was read.
EvidenceAccessDenied    This user may not read the file.
EvidenceFileEmpty       The file has no content.
EvidenceReadFailed      The system failed to read the file.
CaptureDamaged          A sample cannot be unpacked.
CaptureInvalid          A sample is not as it should be.
CaptureVersionUnknown   Module and engine are of different versions.
CaptureTooLarge         A sample unpacks to more than is allowed.
EngineInternalError     The engine has a fault.
EngineDied              The engine stopped before it was done.
EngineStartFailed       The engine does not start.
EngineOutputInvalid     The engine wrote something that is no record.
ContractMismatch        Module and engine are of different versions.
EngineNotFound          The module has no engine for this computer.
SystemTooOld            The engine does not run on a Windows so old.
EngineError             An error that this module does not know.

In Constrained Language Mode the part after the comma is Write-Fault.

.EXAMPLE
Measure-PortChurn

Three samples within a minute: who takes ports, and how fast?

.EXAMPLE
Measure-PortChurn -IntervalSeconds 300 -Count 7

Half an hour, for a slow leak.

.EXAMPLE
(Measure-PortChurn).Changes | Where-Object trend -eq Growing

Only the processes that hold more and more ports.

.EXAMPLE
Measure-PortChurn -ComputerName web01, web02 -IntervalSeconds 60

The same for two other computers, within two minutes.

.EXAMPLE
Get-PortWatch | Measure-PortChurn

The rate of this machine from the samples that its watch has kept.

.EXAMPLE
Measure-PortChurn -HistoryPath D:\Collected\web01

The same for another computer.

.LINK
Compare-PortSnapshot

.LINK
Register-PortWatch
#>
function Measure-PortChurn {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.Comparison', 'PortExhaustion.PortGrowth')]
    param(
        [Parameter(ParameterSetName = 'Live')]
        [Parameter(ParameterSetName = 'ComputerName')]
        [Parameter(ParameterSetName = 'Session')]
        [ValidateRange(1, 3600)]
        [int] $IntervalSeconds = 30,

        [Parameter(ParameterSetName = 'Live')]
        [Parameter(ParameterSetName = 'ComputerName')]
        [Parameter(ParameterSetName = 'Session')]
        [ValidateRange(2, 100)]
        [int] $Count = 3,

        [Parameter(ParameterSetName = 'Live')]
        [Parameter(ParameterSetName = 'ComputerName')]
        [Parameter(ParameterSetName = 'Session')]
        [switch] $IncludeHandle,

        [Parameter(Mandatory = $true, ParameterSetName = 'ComputerName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $ComputerName,

        [Parameter(Mandatory = $true, ParameterSetName = 'Session')]
        [ValidateNotNullOrEmpty()]
        [System.Management.Automation.Runspaces.PSSession[]] $Session,

        [Parameter(ParameterSetName = 'ComputerName')]
        [pscredential] $Credential,

        [Parameter(ParameterSetName = 'ComputerName')]
        [Parameter(ParameterSetName = 'Session')]
        [ValidateRange(1, 1024)]
        [int] $ThrottleLimit,

        [Parameter(Mandatory = $true, ParameterSetName = 'History', ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $HistoryPath
    )

    begin {
        $engine = Get-EngineCommand
        $fault = Get-EngineFault -Engine $engine
        if ($null -ne $fault) {
            Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $ModuleRoot -Terminating
        }
    }
    process {
        if ($PSCmdlet.ParameterSetName -eq 'History') {
            foreach ($path in $HistoryPath) {
                Read-HistoryGrowth -Cmdlet $PSCmdlet -Engine $engine -Path $path
            }
        }
    }
    end {
        if ('ComputerName', 'Session' -contains $PSCmdlet.ParameterSetName) {
            Measure-RemoteChurn -Cmdlet $PSCmdlet -Engine $engine -Bound $PSBoundParameters -Count $Count -IntervalSeconds $IntervalSeconds -Handle:$IncludeHandle
        } elseif ($PSCmdlet.ParameterSetName -eq 'Live' -and -not $PSCmdlet.MyInvocation.ExpectingInput) {
            Measure-LiveChurn -Cmdlet $PSCmdlet -Engine $engine -Count $Count -IntervalSeconds $IntervalSeconds -Handle:$IncludeHandle
        }
    }
}
