# Knows how many artifacts of one kind are called in one line: four ranges of netsh by their kind, a single one by its name.

function Get-ArtifactName {
    <#
    .SYNOPSIS
    The names of artifacts, separated by commas.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [object[]] $Artifact)

    $names = foreach ($kind in @($Artifact | Group-Object -Property kind)) {
        if ($kind.Count -gt 1) {
            $kind.Name
        } else {
            $kind.Group[0].name
        }
    }
    return $names -join ', '
}
