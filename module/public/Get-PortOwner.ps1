# Knows how a user asks who opened the ports. The answer is that of the engine (engine/contract/capture-report.schema.json).

<#
.SYNOPSIS
Shows which processes opened the ephemeral ports, and who holds them now.

.DESCRIPTION
Get-PortOwner shows for each process how many ports of the dynamic range
it opened and in what state they are. Windows remembers who opened a
socket, not who holds it: where that process has ended, its id belongs to
another process now (creator: ended, recycled), or its handle is with
another process, holder is the one that really holds the ports, found by
its handles.

Process id 0 stands for connections in TIME_WAIT, which no process holds
any more, 4 for the kernel and its drivers. A port that several processes
opened counts for each of them.

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

.PARAMETER Protocol
Only ports of this protocol: tcp or udp.

.PARAMETER Top
Only so many, of each machine.

.PARAMETER ProcessId
Only these processes. A process that holds what another one opened is
found too.

.PARAMETER Name
Only processes of these names, with or without .exe, or with a service of
such a name. Wildcards are allowed.

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
PortExhaustion.PortOwner
One for each process and protocol, most ports first.

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
Get-PortOwner -Top 10

The ten processes with most ports on this machine.

.EXAMPLE
Get-PortOwner -Name Dnscache -Protocol udp

The UDP ports of the service Dnscache, or of the svchost.exe that it shares.

.EXAMPLE
Get-PortOwner -Path C:\Cases\web01.zip | Where-Object holder

Ports that are held by another process than the one that opened them, in
a capture.

.LINK
New-PortSnapshot

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Get-PortOwner {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.PortOwner')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath,

        [ValidateSet('tcp', 'udp')]
        [string] $Protocol,

        [ValidateRange(1, 2147483647)]
        [int] $Top,

        [ValidateNotNull()]
        [int[]] $ProcessId,

        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

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
        Invoke-CaptureQuestion -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Question 'port-owner' -Path $files
    }
}
