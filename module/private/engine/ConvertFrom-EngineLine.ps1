# Knows what a line of the engine is: one JSON object with a kind (engine/contract/*.schema.json).

function ConvertFrom-EngineLine {
    <#
    .SYNOPSIS
    The record of a line; $null where the line is none.
    .NOTES
    With -InputObject, as ConvertFrom-Json keeps piped input back until the end.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Line)

    try {
        $record = ConvertFrom-Json -InputObject $Line
    } catch {
        Write-Verbose "Not JSON: $($_.Exception.Message)"
        return
    }
    if ($record -is [System.Management.Automation.PSCustomObject] -and $null -ne $record.PSObject.Properties['kind']) {
        return $record
    }
}
