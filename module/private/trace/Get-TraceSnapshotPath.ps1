# Knows where the snapshots of a recording lie: Start-PortTrace and Stop-PortTrace put them beside the trace (Get-TraceCompanion).

function Get-TraceSnapshotPath {
    <#
    .SYNOPSIS
    Those of NAME.start.zip and NAME.stop.zip beside NAME.etl that exist, the one of the start first.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $companion = Get-TraceCompanion -Path $Path
    foreach ($snapshot in $companion.Start, $companion.Stop) {
        if (Test-Path -LiteralPath $snapshot -PathType Leaf) {
            $snapshot
        }
    }
}
