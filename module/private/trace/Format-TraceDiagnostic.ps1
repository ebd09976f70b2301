# Knows how a diagnostic record (engine/contract/stream.schema.json) reads as one line.

function Format-TraceDiagnostic {
    <#
    .SYNOPSIS
    'web01.etl, offset 65536: message', without the offset where the diagnostic is about the whole file.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $FileName,
        [Parameter(Mandatory = $true)] [psobject] $Diagnostic
    )

    if ($null -eq $Diagnostic.offset) {
        return "${FileName}: $($Diagnostic.message)"
    }
    return "${FileName}, offset $($Diagnostic.offset): $($Diagnostic.message)"
}
