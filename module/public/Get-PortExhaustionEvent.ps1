# Knows how a user asks when Windows itself logged that ports ran out. What an event means, the engine says
# (engine/contract/capture-report.schema.json).

<#
.SYNOPSIS
Shows what Windows logged about ephemeral ports running out.

.DESCRIPTION
Get-PortExhaustionEvent shows events of the source Tcpip in the log System
that tell of ports: 4231 (TCP) and 4266 (UDP) prove that ports had run
out at that time; 4227 says that an outgoing connection failed as the
same one had ended too recently, which can happen with most ports free.

Windows does not log every failure: no event is no proof of health.

.PARAMETER Hours
How far back to look, 24 hours if not given.

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
None

.OUTPUTS
PortExhaustion.ExhaustionEvent
One for each event. Times are UTC.

.NOTES
A machine that cannot be read gives one error, and the others are read. What to do is in ErrorDetails.RecommendedAction of the error.
Error ids (the part of FullyQualifiedErrorId before the comma):

CaptureDamaged         The capture cannot be unpacked.
CaptureInvalid         The capture is not as it should be.
CaptureVersionUnknown  The capture is of another version of the module.
CaptureTooLarge        The capture unpacks to more than is allowed.
LiveReadNotSupported   This computer cannot be read: it is not Windows.
LiveReadFailed         This computer could not be read.
RemoteReadFailed       Another computer could not be read.
EngineInternalError    The engine has a fault.
EngineDied             The engine stopped before it was done.
EngineStartFailed      The engine does not start.
EngineOutputInvalid    The engine wrote something that is no record.
ContractMismatch       Module and engine are of different versions.
EngineNotFound         The module has no engine for this computer.
SystemTooOld           The engine does not run on a Windows so old.
EngineError            An error that this module does not know.

In Constrained Language Mode the part after the comma is Write-Fault.

.EXAMPLE
Get-PortExhaustionEvent

What was logged in the last 24 hours.

.EXAMPLE
Get-PortExhaustionEvent -Hours 168 | Group-Object id

How often each of them was logged in the last week.

.EXAMPLE
Get-PortExhaustionEvent -ComputerName web01 | Where-Object provesExhaustion

When a server had run out of ports.

.LINK
New-PortSnapshot

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function Get-PortExhaustionEvent {
    [CmdletBinding(DefaultParameterSetName = 'Live', PositionalBinding = $false)]
    [OutputType('PortExhaustion.ExhaustionEvent')]
    param(
        [ValidateRange(1, 8760)]
        [int] $Hours,

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

    Invoke-CaptureQuestion -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Question 'exhaustion-event'
}
