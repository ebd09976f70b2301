# Knows what is left to do for a recording that ended without this module, or never began: it is told of once, with the file that it left.

function Complete-VanishedTrace {
    <#
    .SYNOPSIS
    Forgets the recording and its task; with -Discard also its files. Gives the fault.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Discard
    )

    $fault = New-VanishedFault -State $State
    if ($State.phase -eq 'requested') {
        $fault = New-FaultRecord -Code 'no-trace' -Message "The recording to '$($State.path)' had not begun, and will not."
    } elseif ($Discard) {
        # Not of one that was only asked for: what lies there is older.
        $left = @(Remove-TraceFile -Path $State.path)
        if ($left.Count -gt 0) { $fault.message += " These files could not be removed: $($left -join ', ')." }
    }
    $State.phase = 'stopped'
    Remove-TraceState -Task $State.task
    return $fault
}
