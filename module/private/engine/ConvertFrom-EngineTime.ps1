# Knows how times travel: ISO 8601 in UTC with 7 decimals (engine/contract/common.schema.json). ConvertFrom-Json of
# PowerShell 7 has already made [datetime] of them when they come here, that of Windows PowerShell 5.1 leaves them strings.

function ConvertFrom-EngineTime {
    <#
    .SYNOPSIS
    The [datetime] of a contract time, of kind Utc, exact to 100 ns in both editions.
    #>
    [CmdletBinding()]
    [OutputType([datetime])]
    param([Parameter(Mandatory = $true)] [object] $Time)

    if ($Time -is [datetime]) {
        return $Time.ToUniversalTime()
    }
    $styles = [System.Globalization.DateTimeStyles] 'AssumeUniversal, AdjustToUniversal'
    return [datetime]::ParseExact($Time, "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", [cultureinfo]::InvariantCulture, $styles)
}
