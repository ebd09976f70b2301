# Knows which artifacts show bound TCP ports (docs/capture-format.md). A leak of bound sockets, the classic one, is in no other table.

function Test-BoundCoverage {
    <#
    .SYNOPSIS
    Whether a capture was given all bound TCP ports by a table.
    .PARAMETER Artifact
    Artifacts of what Save-PortCapture returned.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Artifact)

    $tables = @($Artifact | Where-Object { $_.name -like 'bound-tcp-*' -and $_.status -eq 'read' })
    return $tables.Count -gt 0
}
