# Knows what is to be said where what was recorded should go and does not.

function Remove-TraceRecording {
    <#
    .SYNOPSIS
    Removes the files of a recording that has ended. Gives nothing, or the fault.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $left = @(Remove-TraceFile -Path $State.path)
    if ($left.Count -gt 0) {
        return New-FaultRecord -Code 'trace-not-removed' -Message "The recording was stopped, but these files could not be removed: $($left -join ', ')." -Path $State.path
    }
    $State.startSnapshot = $null
    $State.stopSnapshot = $null
}
