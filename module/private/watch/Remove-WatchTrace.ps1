# Knows that a watch which goes may still record, and that the state of its recording would wait for somebody who looks at it.

function Remove-WatchTrace {
    <#
    .SYNOPSIS
    Ends and forgets a recording that the watch in a folder started. Gives a sentence where that does not work.
    .PARAMETER Keep
    Leaves the files, and a recording that runs: it ends by itself.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [switch] $Keep
    )

    try {
        $state = Read-TraceState
        $evidence = [System.IO.Path]::Combine($Folder, 'Evidence')
        if ($null -eq $state -or [System.IO.Path]::GetDirectoryName($state.path) -ne $evidence) {
            return
        }
        $isEnded = 'stopped', 'failed' -contains $state.phase
        if ($Keep -and -not $isEnded) {
            return
        }
        $fault = Stop-OwnTrace -State $state -Discard:(-not $Keep)
        # That it came to nothing, or to an end of its own, is no harm here.
        if ($null -ne $fault -and 'trace-vanished', 'no-trace', 'trace-file-missing' -notcontains $fault.code) {
            "the recording to '$($state.path)': $($fault.message)"
        }
    } catch {
        "the recording of the watch: $($_.Exception.GetBaseException().Message)"
    }
}
