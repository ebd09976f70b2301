# Knows how a user asks what an error says about ports. What errors mean, the engine says (engine/contract/explanation.schema.json).
# Uses cmdlets and core types only, as it also runs in Constrained Language Mode.

<#
.SYNOPSIS
Says what an error means, whether it means that ports ran out, and what to
run next.

.DESCRIPTION
Resolve-PortError takes codes of Winsock, Windows and HRESULTs, ids of
events, names of errors, messages and whole logs. Of messages in any
language it finds the number; the texts of Windows, .NET, SQL Server, Java,
Go, Node.js and Chromium it knows in English, some in other languages.

A number in a longer text is taken for a code only where the text makes it
one (error 10055, (os error 10055)), as it could also be a port or a PID; an
id for an event only where its source is named (Source: Tcpip, Event ID:
4231), as every source has its own 4231.

Exhaustion is Yes (it proves that a port was wanted and none was free, at
that time), Maybe (that is one of its causes; When says what tells it from
the others), or No. It says nothing of this machine: for that run
Test-PortExhaustion. It needs no network and works on any computer.

.PARAMETER Text
What to look at: a code (10055, 0xC0000209, 4231, WSAENOBUFS), a message, an
error record as $Error[0], an exception, an event of Get-WinEvent, an object
of ConvertFrom-Json or Import-Csv. Lines of a log can be piped in; they are
read as one text.

.INPUTS
System.Object
Strings, numbers, error records, exceptions, events, JSON, CSV, XML.

.OUTPUTS
PortExhaustion.ErrorMeaning
One for each error that was recognised, each once, the most telling first;
20 at most. Where none was, there is a warning and no output.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

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
Resolve-PortError 10055

What Winsock error 10055 means.

.EXAMPLE
Resolve-PortError 0xC0000209 | Format-List

Everything about it: when it means that ports ran out, what to run, sources.

.EXAMPLE
try { Invoke-WebRequest http://web01 } catch { $_ | Resolve-PortError }

Looks into the inner exceptions too, which have the code.

.EXAMPLE
Get-Content C:\Logs\app.log | Resolve-PortError

Which errors that concern ports are in a log.

.EXAMPLE
Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Tcpip' } -MaxEvents 50 | Resolve-PortError

What the newest events of TCP/IP say.

.LINK
Test-PortExhaustion

.LINK
Get-PortExhaustionEvent

.LINK
https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2
#>
function Resolve-PortError {
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('PortExhaustion.ErrorMeaning')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [AllowEmptyCollection()]
        [object[]] $Text
    )

    # Without a process block $input has all that was piped in, which may be a log of many lines.
    end {
        $given = @($Text)
        if ($MyInvocation.ExpectingInput) { $given = @($input) }
        $texts = @($given | ConvertTo-ErrorText -Line $MyInvocation.Line)
        Read-ErrorMeaning -Cmdlet $PSCmdlet -Text $texts
    }
}
