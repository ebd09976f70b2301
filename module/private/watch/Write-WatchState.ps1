# Knows where the state of the watch is kept.

function Write-WatchState {
    <#
    .SYNOPSIS
    Keeps the state. Throws where that does not work.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    Write-StateFile -Path (Get-WatchStatePath) -State $State
}
