# Knows how long ago something was that a state notes. What never was, or lies in the future since the clock was set back, was long ago:
# what waits for it must not wait until that future has come.

function Get-MinuteAge {
    <#
    .SYNOPSIS
    Minutes between a moment of a state and another, which is now.
    #>
    [CmdletBinding()]
    [OutputType([double])]
    param(
        [AllowNull()] [AllowEmptyString()] [string] $Since,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $moment = ConvertFrom-TraceTime -Time $Since
    if ($null -eq $moment -or $moment -gt $Time) {
        return [double]::PositiveInfinity
    }
    return ($Time - $moment).TotalMinutes
}
