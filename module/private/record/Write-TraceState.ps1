# Knows where the state of the recording is kept.

function Write-TraceState {
    <#
    .SYNOPSIS
    Keeps the state. Throws where that does not work.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    Write-StateFile -Path (Get-TraceStatePath) -State $State
}
