# Knows how a user asks who holds sockets. The answer is that of the engine (engine/contract/capture-report.schema.json).

<#
.SYNOPSIS
Shows which processes hold socket handles (\Device\Afd), and what these are.

.DESCRIPTION
Get-AfdHandleOwner looks at the handles of all processes and shows for
each one how many handles to AFD, the socket driver, it has, and what is
behind them: sockets with a port, bound only, connected, listening, UDP,
and helpers without a port. It finds the process that holds a port even
where tables of ports name one that is gone.

Handles are not ports: a socket that several handles or processes share
is one socket, and many sockets have no port at all.

Handles are looked at by duplicates that have no rights, so nothing in
the other process changes. Some processes are closed even to
administrators; status, inspected and refused say so. Run it as
administrator, or most of them are.

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

.PARAMETER ProcessId
Only these processes. A process that holds what another one opened is
found too.

.PARAMETER Name
Only processes of these names, with or without .exe, or with a service of
such a name. Wildcards are allowed.

.PARAMETER Top
Only so many processes, of each machine.

.PARAMETER MinimumCount
Only processes with so many AFD handles or more. Processes that refused
to be looked at have none to show and are left out then.

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
PortExhaustion.AfdOwner
One for each process, most handles first.

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
Get-AfdHandleOwner -Top 10

The ten processes of this machine with most socket handles.

.EXAMPLE
Get-AfdHandleOwner -MinimumCount 1000 | Format-List

All there is to know of the processes with a thousand handles or more.

.EXAMPLE
Get-AfdHandleOwner -Path .\handle.txt

The same from the output of handle.exe -a.

.EXAMPLE
Get-AfdHandleOwner -TimeoutSeconds 60 | Where-Object status -ne inspected

Takes more time on a large machine, and shows what was still not looked at.

.LINK
New-PortSnapshot

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Get-AfdHandleOwner {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.AfdOwner')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath,

        [ValidateNotNull()]
        [int[]] $ProcessId,

        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [ValidateRange(1, 2147483647)]
        [int] $Top,

        [ValidateRange(0, 2147483647)]
        [int] $MinimumCount,

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
        Invoke-CaptureQuestion -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Question 'afd-owner' -Path $files
    }
}
