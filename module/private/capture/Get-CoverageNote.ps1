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
    if (-not $isElevated) {
        $note += ', for want of administrator rights'
    }
    $reasons = foreach ($group in @($missing | Group-Object -Property status, reason)) {
        '{0} ({1})' -f (Get-ArtifactName -Artifact $group.Group), ($group.Group[0].reason -replace '\.$', '')
    }
    if ($missing.Count -eq 0) {
        return "$note."
    }
    return "${note}: $(@($reasons) -join '; ')."
}
