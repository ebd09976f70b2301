# Knows what else than numbers stands in the history: events by id and number, the breach, and what was done or could not be.

function Get-SampleNote {
    <#
    .SYNOPSIS
    The note of a sample; empty on a calm one.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Seen,
        [AllowNull()] [psobject] $Done,
        [AllowNull()] [psobject] $Breach,
        [Parameter(Mandatory = $true)] [psobject] $Sample
    )

    $parts = @()
    foreach ($group in @($Seen.Rows | Group-Object -Property Id | Sort-Object -Property Name)) {
        $parts += "event $($group.Name) x $($group.Count)"
    }
    if ($Seen.Reason) { $parts += "events: $($Seen.Reason)" }
    if ($null -ne $Breach) { $parts += "breach since $($Breach.since)" }
    if ($null -ne $Done) {
        foreach ($file in $Done.Files) { $parts += [System.IO.Path]::GetFileName($file) }
        $parts += @($Done.Problems)
    }
    if ($Sample.Problem) { $parts += "sample: $($Sample.Problem)" }
    return $parts -join '; '
}
