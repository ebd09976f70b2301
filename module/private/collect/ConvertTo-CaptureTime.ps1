# Knows how times stand in capture.json: ISO 8601 in UTC with 7 decimals (engine/contract/common.schema.json), which is the round-trip
# form of a UTC time in .NET and, unlike a pattern of one's own, the same in every culture.

function ConvertTo-CaptureTime {
    <#
    .SYNOPSIS
    The contract time of a [datetime], or of a FILETIME as a number; $null for $null and for a FILETIME of 0.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([AllowNull()] [object] $Time)

    if ($null -eq $Time -or ($Time -isnot [datetime] -and $Time -le 0)) {
        return $null
    }
    if ($Time -isnot [datetime]) {
        $Time = [datetime]::FromFileTimeUtc($Time)
    }
    return $Time.ToUniversalTime().ToString('o')
}
