# Knows how SYSTEM is asked to stop: by a word in the state.

function Request-TraceStop {
    <#
    .SYNOPSIS
    Writes the request. The caller holds the lock.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [ValidateSet('keep', 'discard')] [string] $Request)

    $state = Read-TraceState
    if ($null -ne $state) {
        $state.stopRequest = $Request
        Write-TraceState -State $state
    }
}
