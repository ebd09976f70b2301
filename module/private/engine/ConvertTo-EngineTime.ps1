# Knows how times travel to the engine: ISO 8601 in UTC with 7 decimals, as they come back.

function ConvertTo-EngineTime {
    <#
    .SYNOPSIS
    The contract time of a [datetime]. One that does not say its kind is local time, as everywhere in PowerShell.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [datetime] $Time)

    return $Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", [cultureinfo]::InvariantCulture)
}
