# Knows how a user asks whether a machine is out of ports. The answer is that of the engine (engine/contract/
# capture-report.schema.json); its shape as an object is in module/private/capture/ConvertTo-PortVerdict.ps1.

<#
.SYNOPSIS
Says whether a machine is out of ephemeral ports, and who holds them.

.DESCRIPTION
Test-PortExhaustion reads this Windows machine now: tables of TCP and UDP
ports, handles of all processes, dynamic and excluded ranges, events of
the last 24 hours, and whether Windows still gives a port. Or it reads
files from another machine. It gives one verdict a machine: how full the
pools of ports are (Level), in what way (Pattern), which process is
responsible, if one is (Culprit), how sure that is (Confidence), with the
evidence, and what could not be read (Coverage). With it come findings:
what is the case and how bad it is, what could not be judged (Unchecked),
who holds the ports (Suspects), and what to do (Remedies). Nothing of it
is done; Get-PortRemedy shows all of a remedy.

Level is Healthy, Elevated (half of a pool is used), Critical (80 %),
Exhausted (proved, or 98 %), or Unknown, where what was read cannot tell.
A process is named only with proof. Without administrator rights less can
be read; a warning says what.

Reading changes nothing: a socket is opened for a moment as a probe, and
a capture is written to a private folder and deleted again.

Format-List shows the verdict as a report to read.

.PARAMETER Path
Files from the machine in question, instead of reading this one: a capture
that New-PortSnapshot wrote (.zip, or capture.json in its folder), or what
people have: output of netstat, netsh, Get-NetTCPConnection, handle.exe,
Process Explorer, events. A folder stands for the files in it. Each
capture is a machine of its own; all other files of one folder are
evidence of one machine. Wildcards are allowed.

.PARAMETER LiteralPath
The same, by exact names: no character is a wildcard. Takes the files of
Get-ChildItem from the pipeline.

.PARAMETER TimeoutSeconds
How long the handles of processes may be looked at, 1 to 60 seconds; 10
if not given. What is not reached in this time is counted, not guessed.

.PARAMETER ComputerName
Computers to read instead of this one, by PowerShell remoting. They need
no module and no engine: both stay here.

.PARAMETER Session
Sessions of New-PSSession to read by, instead of this computer.

.PARAMETER Credential
The user to read other computers as.

.PARAMETER ThrottleLimit
How many computers are read at a time.

.INPUTS
System.String
A path, or an object with a property Path, LiteralPath, FullName or
PSPath.

.OUTPUTS
PortExhaustion.Verdict
One for each machine. Findings, Unchecked, Suspects and Remedies say what
follows from it. Pools, Ranges, Reservations, Probes, Events and Coverage
hold what it rests on. ExitCode is 0 (Healthy), 1 (Elevated), 2
(Critical), 3 (Exhausted) or 10 (Unknown), for scripts that want to exit
with it; this command never ends its host. Times are UTC.

.NOTES
Files or a machine that cannot be read give one error, and the others are
read. What to do is in ErrorDetails.RecommendedAction of the error.
Error ids (the part of FullyQualifiedErrorId before the comma):

EvidenceFileNotFound     No such file, or nothing matches the wildcard.
EvidenceFileIsFolder     The path became a folder while it was read.
EvidenceNotOnFileSystem  The path is none of files, as in HKLM: or Env:.
EvidenceAccessDenied     This user may not read the file.
EvidenceFileEmpty        The file has no content.
EvidenceReadFailed       The system failed to read the file.
EvidenceFolderEmpty      The folder holds no files.
EvidenceTooMany          More files than can be read together.
CapturesMixed            Captures of two machines in one run.
CaptureDamaged           The capture cannot be unpacked.
CaptureInvalid           The capture is not as it should be.
CaptureVersionUnknown    The capture is of another version of the module.
CaptureTooLarge          The capture unpacks to more than is allowed.
LiveReadNotSupported     This computer cannot be read: it is not Windows.
LiveReadFailed           This computer could not be read.
RemoteReadFailed         Another computer could not be read.
EngineInternalError      The engine has a fault.
EngineDied               The engine stopped before it was done.
EngineStartFailed        The engine does not start.
EngineOutputInvalid      The engine wrote something that is no record.
ContractMismatch         Module and engine are of different versions.
EngineNotFound           The module has no engine for this computer.
SystemTooOld             The engine does not run on a Windows so old.
EngineError              An error that this module does not know.

In Constrained Language Mode the part after the comma is Write-Fault.

.EXAMPLE
Test-PortExhaustion

Is this machine out of ports? One line says it.

.EXAMPLE
Test-PortExhaustion | Format-List

The whole report: pools, culprit, evidence, and what could not be read.

.EXAMPLE
Test-PortExhaustion -Path C:\Cases\web01

The verdict on a machine from the files that somebody collected there, as
netstat -anoq > ports.txt and
netsh int ipv4 show dynamicport tcp > range.txt, in any language.

.EXAMPLE
Get-ChildItem *.zip | Test-PortExhaustion | Where-Object Level -ne Healthy

The machines that are not well, from captures of many.

.EXAMPLE
Test-PortExhaustion | Get-PortRemedy | Format-List

What to do: commands, what to check first, and how to undo them.

.EXAMPLE
exit (Test-PortExhaustion).ExitCode

In a script of a monitoring system: the level as exit code.

.LINK
Get-PortRemedy

.LINK
about_PortExhaustion

.LINK
New-PortSnapshot

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Test-PortExhaustion {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.Verdict')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath,

        [Parameter(ParameterSetName = 'Live')]
        [Parameter(ParameterSetName = 'ComputerName')]
        [Parameter(ParameterSetName = 'Session')]
        [ValidateRange(1, 60)]
        [int] $TimeoutSeconds,

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
        [int] $ThrottleLimit
    )

    begin {
        $files = @()
    }
    process {
        $files += @(Resolve-EvidenceInput -Cmdlet $PSCmdlet -Bound $PSBoundParameters)
    }
    end {
        Invoke-CaptureQuestion -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Question 'verdict' -Path $files
    }
}
