# Knows where recordings can be started, looked at and stopped at all: on Windows, in full language mode, as administrator.

function Test-RecordingHost {
    <#
    .SYNOPSIS
    The fault for which this session can do nothing about recordings; nothing where it can.
    .PARAMETER Command
    Name of the cmdlet.
    .PARAMETER CommandLine
    What can be run by hand instead.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Command,
        [AllowEmptyString()] [string] $CommandLine
    )

    if (Test-PortCollector) {
        return New-FaultRecord -Code 'record-not-windows' -Message "$Command needs Windows."
    }
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        $message = "$Command does not work in Constrained Language Mode."
        if ($CommandLine) { $message += " By hand: $CommandLine" }
        return New-FaultRecord -Code 'full-language-needed' -Message $message
    }
    if (-not (Test-Elevation)) {
        return New-FaultRecord -Code 'not-elevated' -Message "$Command needs the rights of an administrator, which this session does not have."
    }
}
