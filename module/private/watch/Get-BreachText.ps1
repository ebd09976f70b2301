# Knows what an administrator wants to read of a breach in a log: what, how much, who, and where the evidence is.

function Get-BreachText {
    <#
    .SYNOPSIS
    The text of the event.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Breach,
        [Parameter(Mandatory = $true)] [psobject] $Sample,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $File,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Problem
    )

    $lines = @("Ports are short: $($Breach.detail).")
    foreach ($pool in @($Sample.Pools)) {
        $lines += "$("$($pool.protocol) $($pool.family)".Trim()): $($pool.used) of $($pool.capacity) used."
    }
    if ($null -ne $Sample.TopOwner) {
        $lines += "Most ports: $($Sample.TopOwner.processName) ($($Sample.TopOwner.processId)), $($Sample.TopOwner.ports)."
    }
    if ($File.Count -gt 0) { $lines += "Evidence: $($File -join ', ')." }
    foreach ($one in $Problem) { $lines += "Problem: $one" }
    return $lines -join ' '
}
