# Knows what of a report's coverage a user must hear even if it is not looked at: that there is no answer, or not all of it.

function Get-CoverageNote {
    <#
    .SYNOPSIS
    A sentence, or nothing where all that the question needs was read. For pools one more, where a level is Unknown: the numbers
    beside it look like all there is.
    .NOTES
    An elevated reading is hardly ever complete, as some processes are closed even to administrators; that is no news. What
    this Windows does not have (absent) is none either: something else was read instead.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Report,
        [Parameter(Mandatory = $true)] [psobject] $Question
    )

    $artifacts = @($Report.coverage.artifacts)
    if ($Question.Name -eq 'port-pool' -and @($Report.pools | Where-Object { $_.level -eq 'Unknown' }).Count -gt 0) {
        "Ports may be in use that were not seen: $($Report.verdict.summary)"
    }
    $isTold = @($artifacts | Where-Object { $Question.Kinds -contains $_.kind -and 'read', 'partial' -contains $_.status }).Count -gt 0
    $isElevated = $Report.machine.elevated -ne $false
    $bad = 'refused', 'failed'
    if (-not $isElevated) {
        $bad += 'partial'
    }
    $missing = @($artifacts | Where-Object { $bad -contains $_.status -and $Question.Uses -contains $_.kind })
    if ($isTold -and $missing.Count -eq 0) {
        return
    }
    $note = "No $($Question.Subject) was read"
    if ($isTold) {
        $note = 'Not everything could be read'
    }
    # Rights help only against these; a netsh that failed fails for administrators too.
    $unfree = @($missing | Where-Object { -not $isElevated -and ($_.status -eq 'refused' -or ($_.status -eq 'partial' -and $_.kind -eq 'afd-handles')) })
    $other = @($missing | Where-Object { $unfree -notcontains $_ })
    if ($unfree.Count -gt 0) {
        $note += ", for want of administrator rights: $(Get-ArtifactReason -Artifact $unfree)"
    }
    if ($other.Count -gt 0) {
        $also = ': '
        if ($unfree.Count -gt 0) {
            $also = '. Also: '
        }
        $note += $also + (Get-ArtifactReason -Artifact $other)
    }
    return "$note."
}
