# Knows that a full disk must keep nobody from stopping a recording.

function Save-TraceState {
    <#
    .SYNOPSIS
    Keeps the state where that is possible; otherwise a warning says so.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    try {
        Write-TraceState -State $State
    } catch {
        Write-Warning -Message "The state of the recording could not be kept: $($_.Exception.Message)"
    }
}
