# Knows when a recording is ours and runs: a session writes our file. Its name tells nothing, as netsh gives it.

function Test-TraceSession {
    <#
    .SYNOPSIS
    $true where a session writes the file of the state, $false where none does, $null where it cannot be told.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $answer = Get-EtwSession
    $own = @($answer.Rows | Where-Object { Test-TracePath -LogFile $_.LogFile -Path $State.path })
    if ($own.Count -gt 0) {
        return $true
    }
    if ($answer.Status -eq 'read') {
        return $false
    }
    Write-Verbose "Whether the recording runs is not known: $($answer.Reason)"
    return $null
}
