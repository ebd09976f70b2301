# Knows how a recording of somebody else is described: by its session, its file and how old that is. Newer Windows puts the user's name
# into the session's name (as in '<user>-NetTrace-...').

function Get-ForeignTraceFault {
    <#
    .SYNOPSIS
    The fault where netsh runs a recording, or where that cannot be told; else nothing.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $answer = Get-NetshSession
    $foreign = @($answer.Rows)
    if ($foreign.Count -gt 0) {
        $session = $foreign[0]
        $message = "netsh already runs a recording that this module did not start: session '$($session.Name)'"
        if ($session.LogFile) { $message += ", file '$($session.LogFile)'" }
        if ($null -ne $session.Created) { $message += ", since $($session.Created.ToString('u', [cultureinfo]::InvariantCulture))" }
        return New-FaultRecord -Code 'foreign-trace-running' -Message "$message."
    }
    if ('read', 'partial' -notcontains $answer.Status) {
        return New-FaultRecord -Code 'sessions-unknown' -Message "Which trace sessions run cannot be told: $($answer.Reason)."
    }
}
