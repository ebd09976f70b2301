# Knows how a watch tells of itself: by a warning in the Application log, which eventcreate.exe writes on every Windows and which every
# monitoring reads. Its arguments are taken apart like those of any program. % is kept out, as the log's messages give it a meaning.

function Send-WatchEvent {
    <#
    .SYNOPSIS
    Writes the event. Gives nothing, or a sentence on why it could not be.
    .PARAMETER Sparing
    Not where the log has one of this id from the last hour: for what comes back at each sample and cannot be noted elsewhere.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [ValidateRange(1, 1000)] [int] $Id,
        [Parameter(Mandatory = $true)] [string] $Text,
        [switch] $Sparing
    )

    if ($Sparing -and (Test-ToldEvent -Id $Id)) {
        return
    }
    # The log takes 31,839 characters (ReportEvent), a command line 32,767; nobody reads that many.
    $mostCharacters = 8000
    $plain = $Text -replace '[\p{Cc}"]', ' ' -replace '%', '_'
    if ($plain.Length -gt $mostCharacters) { $plain = $plain.Substring(0, $mostCharacters - 3) + '...' }
    $arguments = @('/L', 'APPLICATION', '/T', 'WARNING', '/SO', 'PortExhaustion', '/ID', "$Id", '/D', (ConvertTo-NativeArgument -Argument $plain))
    $answer = Invoke-InboxTool -Name 'eventcreate.exe' -ArgumentList $arguments
    # What it prints is for people; that it succeeded says its exit code.
    if ($answer.ExitCode -ne 0) {
        return "the event could not be written: $($answer.Reason)"
    }
}
