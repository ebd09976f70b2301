# Knows that a state which cannot be written is a problem to tell of and no reason to stop.

function Save-WatchState {
    <#
    .SYNOPSIS
    Writes the state. Gives nothing, or a sentence on why it could not be.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    try {
        Write-WatchState -State $State
    } catch {
        return "the state of the watch could not be written: $($_.Exception.GetBaseException().Message)"
    }
}
