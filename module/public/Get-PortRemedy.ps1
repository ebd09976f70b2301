# Knows how a user asks what to do. The answer is that of the engine (engine/contract/diagnosis.schema.json); docs/remedies.md explains
# each remedy.

<#
.SYNOPSIS
Says what to do about ports that run short: commands, risk, how to undo.

.DESCRIPTION
Get-PortRemedy gives the remedies for what was found on a machine, in the
order in which to look at them. The property phase says whether one gives
ports back now, keeps it from coming again, or finds out more. Each fits
the machine: its commands hold the names, PIDs and ranges that were read.

Nothing is executed. Commands are to be read, checked, and typed by a
person, in an elevated PowerShell of the machine in question.

Format-List shows a remedy as a card: why it is told, what to check
first, commands, what happens then, the risk, whether a restart of the
machine is needed, how to undo it, what it will not fix, and the
documentation that it rests on. Long commands go on in the next line after
a backtick, and can be copied so. Those in the property commands are whole.

It takes what Test-PortExhaustion, Read-PortTrace, Compare-PortSnapshot or
Measure-PortChurn gave, or files from a machine, or reads this Windows
machine now, as Test-PortExhaustion does. Nothing at all means that
nothing was found for which there is a remedy, with -Id one of these ids.

.PARAMETER InputObject
What Test-PortExhaustion, Read-PortTrace, Compare-PortSnapshot or
Measure-PortChurn gave, now or long ago (Import-Clixml); the growth of a
history has no remedies. Or files from the machine in question, as with
-Path: names, the files of Get-ChildItem, or what New-PortSnapshot gave.

.PARAMETER Path
Files from the machine in question, instead of reading this one: a capture
that New-PortSnapshot wrote (.zip, or capture.json in its folder), or what
people have: output of netstat, netsh, Get-NetTCPConnection, handle.exe,
Process Explorer, events. A folder stands for the files in it. Each
capture is a machine of its own; all other files of one folder are
evidence of one machine. Wildcards are allowed.

.PARAMETER LiteralPath
The same, by exact names: no character is a wildcard.

.PARAMETER Id
Only remedies of these ids. Wildcards are allowed.

.PARAMETER First
Only so many remedies of each machine, those to be looked at first.

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
PortExhaustion.Verdict, PortExhaustion.TraceReport, PortExhaustion.Comparison
What brings its remedies with it. Nothing is read again for it.

.INPUTS
System.String
A path, or an object with a property LiteralPath, FullName or PSPath.

.OUTPUTS
PortExhaustion.Remedy
One for each remedy, with the machine (computerName) and the files
(source) that it is about. phase is Investigate (first find out), Now
(gives ports back) or Lasting (keeps it from coming again). risk is None
(changes nothing on the machine), Low (is undone at once), Medium
(interrupts a program) or High (interrupts the machine).

.NOTES
Files or a machine that cannot be read give one error, and the others are
read. What to do is in ErrorDetails.RecommendedAction of the error.
Error ids (the part of FullyQualifiedErrorId before the comma):

RemedyInputInvalid       The object has no remedies and is no file.
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
Get-PortRemedy

What to do about this machine: a table, in the order to look at it.

.EXAMPLE
Test-PortExhaustion | Get-PortRemedy -First 1 | Format-List

The remedy to look at first, with all that is to be known before.

.EXAMPLE
Get-PortRemedy C:\Cases\web01.zip -Id restart-service | Format-List

One remedy for the machine that a snapshot is of.

.EXAMPLE
Read-PortTrace C:\Temp\ports.etl | Get-PortRemedy | Where-Object phase -eq Now

What gives ports back, for the machine that a trace is of.

.EXAMPLE
(Get-PortRemedy -First 1).commands | Set-Clipboard

The commands of a remedy, whole, to be pasted.

.LINK
Test-PortExhaustion

.LINK
Read-PortTrace

.LINK
Compare-PortSnapshot

.LINK
about_PortExhaustion

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Get-PortRemedy {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.Remedy')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'InputObject', ValueFromPipeline = $true)]
        [psobject[]] $InputObject,

        [Parameter(Mandatory = $true, ParameterSetName = 'Path')]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath,

        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Id,

        [ValidateRange(1, 2147483647)]
        [int] $First,

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
        foreach ($given in @($InputObject)) {
            if ($null -eq $given) {
                continue
            }
            $kind = Get-DiagnosedKind -InputObject $given
            if ($kind) {
                Get-GivenRemedy -Cmdlet $PSCmdlet -InputObject $given -Kind $kind -Bound $PSBoundParameters
            } else {
                $files += @(Resolve-RemedyFile -Cmdlet $PSCmdlet -InputObject $given)
            }
        }
    }
    end {
        # What brings its remedies with it needs no engine.
        if ($files.Count -gt 0 -or $PSCmdlet.ParameterSetName -ne 'InputObject') {
            Invoke-CaptureQuestion -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Question 'remedy' -Path $files
        }
    }
}
