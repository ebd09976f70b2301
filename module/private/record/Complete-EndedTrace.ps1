# Knows what is left to do for a recording that its task has ended: it is acknowledged.

function Complete-EndedTrace {
    <#
    .SYNOPSIS
    Forgets the recording; with -Discard also its files. Gives nothing, or the fault of how it ended.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Discard
    )

    $fault = $null
    if ($State.phase -eq 'failed') {
        $why = 'nothing is known of why'
        if ($null -ne $State.fault) { $why = $State.fault.message }
        $fault = New-FaultRecord -Code 'no-trace' -Message "The task could not record: $why"
    } elseif ($null -ne $State.end -and $State.end.trigger -eq 'Vanished') {
        $fault = New-VanishedFault -State $State
    } elseif (-not [System.IO.File]::Exists($State.path)) {
        $fault = New-FaultRecord -Code 'trace-file-missing' -Message "The recording has ended, and there is no file '$($State.path)'." -Path $State.path
    }
    # A recording that failed has left no files: what lies there is older.
    if ($Discard -and $State.phase -ne 'failed') {
        $unremoved = Remove-TraceRecording -State $State
        if ($null -eq $fault) { $fault = $unremoved }
    }
    Remove-TraceState -Task $State.task
    return $fault
}
