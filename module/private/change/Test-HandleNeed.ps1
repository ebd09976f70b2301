# Knows which artifacts show bound TCP ports (docs/capture-format.md). A leak of bound sockets, the classic one, is in no other table: where
# none of them was read, handles alone show it.

function Test-HandleNeed {
    <#
    .SYNOPSIS
    Whether samples are to read handles, from what the first one saw without.
    .PARAMETER Artifact
    Artifacts of what Save-PortCapture returned.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Artifact)

    # Handles take native code, which Constrained Language Mode forbids.
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        return $false
    }
    return @($Artifact | Where-Object { $_.name -like 'bound-tcp-*' -and $_.status -eq 'read' }).Count -eq 0
}
