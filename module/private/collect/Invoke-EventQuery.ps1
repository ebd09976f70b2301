# Knows how the event log is asked so that it cannot hold the run up: for a limited number of events, and in a runspace that is left
# alone after a time. Constrained Language Mode may not make one; there only the number is limited.

function Invoke-EventQuery {
    <#
    .SYNOPSIS
    { Status, Reason, Rows } of the newest events of the System log.
    .PARAMETER Filter
    What Get-WinEvent takes as -FilterHashtable.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Filter,
        [int] $MostEvents = 1000,
        [int] $TimeoutSeconds = 10
    )

    $result = New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'absent'; Reason = 'this session has no Get-WinEvent'; Rows = @() })
    if (-not (Get-Command -Name Get-WinEvent -ErrorAction Ignore)) {
        return $result
    }
    $query = @{ FilterHashtable = $Filter; MaxEvents = $MostEvents; ErrorAction = 'Stop' }
    $result.Status = 'read'
    $result.Reason = $null
    try {
        if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
            $result.Rows = @(Get-WinEvent @query)
        } else {
            $result.Rows = @(Invoke-TimedCommand -Name Get-WinEvent -Parameter $query -TimeoutSeconds $TimeoutSeconds)
        }
        if ($result.Rows.Count -ge $MostEvents) {
            $result.Status = 'partial'
            $result.Reason = "only the newest $MostEvents events were asked for"
        }
    } catch {
        # For Get-WinEvent it is an error that nothing happened.
        if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') {
            $result.Status = 'failed'
            if ($_.Exception -is [System.UnauthorizedAccessException]) { $result.Status = 'refused' }
            $result.Reason = "the System log could not be read: $($_.Exception.Message)"
        }
    }
    return $result
}
