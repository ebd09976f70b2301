# Knows when a recording is ours and runs: a session writes our file, or netsh says that it does, by the path in what it prints, which no
# language changes. Unproved: whether netsh's session writes the very file that it was given, in every Windows; so both are asked. Its
# name tells nothing, as netsh gives it.

function Test-TraceSession {
    <#
    .SYNOPSIS
    $true where the recording of the state runs, $false where it does not, $null where it cannot be told.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $answer = Get-EtwSession
    $own = @($answer.Rows | Where-Object { Test-TracePath -LogFile $_.LogFile -Path $State.path })
    if ($own.Count -gt 0) {
        return $true
    }
    # Get-NetshStatus gives one line, in which rows of spaces are one.
    if ((Get-NetshStatus).IndexOf(($State.path -replace '\s+', ' '), [System.StringComparison]::OrdinalIgnoreCase) -ge 0) {
        return $true
    }
    if ($answer.Status -eq 'read') {
        return $false
    }
    Write-Verbose "Whether the recording runs is not known: $($answer.Reason)"
    return $null
}
