# Knows how times travel: ISO 8601 in UTC with 7 decimals (engine/contract/common.schema.json). ConvertFrom-Json of
# PowerShell 7 has already made [datetime] of them when they come here, that of Windows PowerShell 5.1 leaves them strings.

function ConvertFrom-EngineTime {
    <#
    .SYNOPSIS
    The [datetime] of each contract time, of kind Utc, exact to 100 ns in both editions.
    .NOTES
    Takes many at once, as a call costs more than a conversion.
    #>
    [CmdletBinding()]
    [OutputType([datetime])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Time)

    $styles = [System.Globalization.DateTimeStyles] 'AssumeUniversal, AdjustToUniversal'
    $culture = [cultureinfo]::InvariantCulture
    foreach ($one in $Time) {
        if ($one -is [datetime]) {
            $one.ToUniversalTime()
        } else {
            [datetime]::ParseExact($one, "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", $culture, $styles)
        }
    }
}
