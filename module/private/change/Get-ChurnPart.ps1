# Knows what a sample of a series must read. All samples of a series read the same, as what one sees and another does not would look like
# growth. Tables are the least; handles of all processes take seconds, and are asked for where no table shows bound ports: then they
# alone do.

function Get-ChurnPart {
    <#
    .SYNOPSIS
    Parts of Save-PortCapture for all samples, from what the first one saw.
    .PARAMETER Artifact
    Artifacts of the first sample.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([AllowNull()] [AllowEmptyCollection()] [object[]] $Artifact)

    $light = 'Tables', 'Settings'
    # Handles take native code, which Constrained Language Mode forbids.
    $mayAsk = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
    if ($null -eq $Artifact -or -not $mayAsk -or (Test-BoundCoverage -Artifact $Artifact)) {
        return $light
    }
    return 'Tables', 'Handles', 'Settings'
}
