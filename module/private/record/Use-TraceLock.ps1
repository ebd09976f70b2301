# Knows that the lock is given back whatever happens under it. Few variables here, since the block sees them before its caller's own.

function Use-TraceLock {
    <#
    .SYNOPSIS
    Runs the block while no other process starts, steps or stops the recording, and gives its output. Not reentrant.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [scriptblock] $ScriptBlock,
        [int] $TimeoutSeconds = 10
    )

    $traceLock = $null
    try {
        $traceLock = Open-TraceLock -TimeoutSeconds $TimeoutSeconds
        & $ScriptBlock
    } finally {
        if ($null -ne $traceLock) { $traceLock.Dispose() }
    }
}
