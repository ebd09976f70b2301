# Knows what is true of a recording whose state was read a moment ago: while somebody starts or stops it there may be no session, and that
# is no trace that vanished.

function Get-ShownPhase {
    <#
    .SYNOPSIS
    'Vanished' or 'Unknown' where the machine says something else than the state; '' where the phase is right. A state that is older than
    its file is brought up to it.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    if ('starting', 'recording', 'stopping' -notcontains $State.phase) {
        return ''
    }
    $isRunning = Test-TraceSession -State $State
    if ($isRunning) {
        return ''
    }
    try {
        $phase = $State.phase
        $isKept = Use-TraceLock -TimeoutSeconds 0 -ScriptBlock { Update-TraceState -State $State }
    } catch [System.TimeoutException] {
        return ''
    }
    if (-not $isKept) {
        $State.phase = 'stopped'
    }
    if ($State.phase -ne $phase) {
        return ''
    }
    if ($null -eq $isRunning) {
        return 'Unknown'
    }
    return 'Vanished'
}
