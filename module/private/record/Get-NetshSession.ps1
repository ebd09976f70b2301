# Knows which sessions are netsh's: on newer Windows their names hold NetTrace and the user's name; everywhere the file of the session
# stands in what netsh trace show status prints, in whatever language. Unproved: whether show status exits with 0 only where a trace
# runs. So the exit code alone is no session; the file must be in the text.

function Get-NetshSession {
    <#
    .SYNOPSIS
    { Status, Reason, Rows }; a row is { Name, LogFile, Created }, Created is when its file was made, in UTC, or $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $answer = Get-EtwSession
    $printed = ''
    if (@($answer.Rows | Where-Object { $_.LogFile }).Count -gt 0) { $printed = Get-NetshStatus }
    $rows = foreach ($session in $answer.Rows) {
        $isPrinted = $session.LogFile -and $printed.IndexOf(($session.LogFile -replace '\s+', ' '), [System.StringComparison]::OrdinalIgnoreCase) -ge 0
        if ($session.Name -notlike '*NetTrace*' -and -not $isPrinted) { continue }
        $created = $null
        if ($session.LogFile -and [System.IO.File]::Exists($session.LogFile)) { $created = [System.IO.File]::GetCreationTimeUtc($session.LogFile) }
        New-Record -Value ([ordered]@{ Name = $session.Name; LogFile = $session.LogFile; Created = $created })
    }
    return New-Record -Value ([ordered]@{ Status = $answer.Status; Reason = $answer.Reason; Rows = @($rows) })
}
