# Knows how artifacts that were not read are told: those that share status and reason together.

function Get-ArtifactReason {
    <#
    .SYNOPSIS
    Names of artifacts, each with the reason behind it, separated by semicolons.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [object[]] $Artifact)

    $reasons = foreach ($group in @($Artifact | Group-Object -Property status, reason)) {
        '{0} ({1})' -f (Get-ArtifactName -Artifact $group.Group), ($group.Group[0].reason -replace '\.$', '')
    }
    return @($reasons) -join '; '
}
