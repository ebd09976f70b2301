# Knows what the parameters of Start-PortTrace say of a recording's end. Nothing of ours runs for ever: the longest is seven days, as
# -Minutes allows.

function Get-TraceEnd {
    <#
    .SYNOPSIS
    Parameters of New-TraceState: Until, Percent, Minutes, Task; none of them for a recording that a person ends.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound,
        [AllowEmptyCollection()] [string[]] $Until = @(),
        [Parameter(Mandatory = $true)] [int] $Percent,
        [Parameter(Mandatory = $true)] [int] $Minutes
    )

    $mostMinutes = 10080
    $reasons = @($Until | Select-Object -Unique)
    foreach ($name in @{ Parameter = 'Percent'; Reason = 'Percent' }, @{ Parameter = 'Minutes'; Reason = 'Duration' }) {
        if ($Bound.Keys -contains $name.Parameter -and $reasons -notcontains $name.Reason) { $reasons += $name.Reason }
    }
    if ($reasons.Count -eq 0) {
        return @{}
    }
    $ends = @{ Until = $reasons; Minutes = $mostMinutes; Task = Get-TraceTaskName }
    if ($reasons -contains 'Duration') { $ends.Minutes = $Minutes }
    if ($reasons -contains 'Percent') { $ends.Percent = $Percent }
    return $ends
}
