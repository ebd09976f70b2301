# Knows what goes with a piece of evidence: a trace has snapshots and perhaps a report beside it.

function Remove-WatchEvidence {
    <#
    .SYNOPSIS
    Removes files of evidence and what belongs to them. Gives a sentence for each that stays.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Path)

    foreach ($one in $Path) {
        $files = @($one)
        if ($one -like '*.etl') {
            $part = Get-TraceCompanion -Path $one
            $files = @($part.Trace, $part.Cabinet, $part.Start, $part.Stop)
        }
        foreach ($file in $files) {
            try {
                [System.IO.File]::Delete($file)
            } catch {
                "'$file' could not be removed: $($_.Exception.GetBaseException().Message)"
            }
        }
    }
}
