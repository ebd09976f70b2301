# Knows how the times of trace.json become [datetime]: they are in UTC and stay so, in every culture.

function ConvertFrom-TraceTime {
    <#
    .SYNOPSIS
    The [datetime] of a text; $null for $null.
    #>
    [CmdletBinding()]
    [OutputType([datetime])]
    param([AllowNull()] [AllowEmptyString()] [string] $Time)

    if ($Time) {
        return ConvertFrom-EngineTime -Time $Time
    }
}
