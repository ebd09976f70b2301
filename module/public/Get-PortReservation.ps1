# Knows how a user asks for excluded ports. The answer is that of the engine (engine/contract/capture-report.schema.json).

<#
.SYNOPSIS
Shows ranges of ports that Windows keeps from everybody who asks for any port.

.DESCRIPTION
Get-PortReservation shows the excluded port ranges of TCP and UDP, as
'netsh interface ipv4 show excludedportrange' does, with what is known of
each: whether an administrator made it, whether it takes ports from the
dynamic range, and whose it likely is. Windows does not say who made a
range: likelyOwner is a guess from its shape.

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
PortExhaustion.PortReservation
One for each range.

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
Get-PortReservation

The excluded ranges of this machine.

.EXAMPLE
Get-PortReservation | Where-Object inDynamicRange | Measure-Object ports -Sum

How many ports of the dynamic ranges are excluded.

.EXAMPLE
Get-PortReservation -Path .\excluded.txt

The same from output of netsh, in any language.

.LINK
New-PortSnapshot

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Get-PortReservation {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.PortReservation')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath,

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
        Invoke-CaptureQuestion -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Question 'port-reservation' -Path $files
    }
}
