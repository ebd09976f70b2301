# Knows what a start that failed may have left: a session, and files. A trace that was there before and that netsh did not touch stays.

function Undo-TraceRecording {
    <#
    .SYNOPSIS
    Stops the session where it came to be and removes its files. Gives nothing, or a sentence on what is left.
    .PARAMETER Before
    What Get-FileStamp gave for the path of the trace before the start.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [string] $Before
    )

    if (Test-TraceSession -State $State) {
        $null = Invoke-NetshStop
        if (Test-TraceSession -State $State) {
            return "The recording runs all the same and could not be stopped. As the same user, run: netsh trace stop. Its file is '$($State.path)'."
        }
    }
    if ((Get-FileStamp -Path $State.path) -eq $Before) {
        return
    }
    $left = @(Remove-TraceFile -Path $State.path)
    if ($left.Count -gt 0) {
        return "These files could not be removed: $($left -join ', ')."
    }
}
