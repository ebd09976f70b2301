# Knows what a start that failed may have left: a session, and files. What was there before and was not touched stays.

function Undo-TraceRecording {
    <#
    .SYNOPSIS
    Stops the session where it came to be and removes its files. Gives nothing, or a sentence on what is left.
    .DESCRIPTION
    The phase is 'failed' where nothing runs any more. Otherwise it is 'recording', and that is kept in the state, for who stops it later.
    .PARAMETER Before
    What Get-TraceStamp gave before the start.
    .NOTES
    The caller holds the lock.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [hashtable] $Before
    )

    $isRunning = Test-TraceSession -State $State
    # Where nobody can tell, netsh's word that it started counts: a recording of others would have made it refuse.
    if ($isRunning -or ($null -eq $isRunning -and $State.started)) {
        $null = Invoke-NetshStop
        $isRunning = Test-TraceSession -State $State
    }
    if ($isRunning -ne $false) {
        $State.phase = 'recording'
        Save-TraceState -State $State
        return "It may run all the same and could not be stopped; its file is '$($State.path)'. Stop-PortTrace tries again."
    }
    $State.phase = 'failed'
    $left = @(Remove-TraceFile -Path $State.path -Unless $Before)
    if ($left.Count -gt 0) {
        return "These files could not be removed: $($left -join ', ')."
    }
}
