# Knows which pool of a sample counts: the one of whose ports most are used. One of which that is not known does not count.

function Get-WorstPool {
    <#
    .SYNOPSIS
    The pool, or $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [AllowNull()] [object[]] $Pool)

    $worst = $null
    foreach ($one in @($Pool | Where-Object { $null -ne $_ -and $null -ne $_.usedPercent })) {
        if ($null -eq $worst -or $one.usedPercent -gt $worst.usedPercent) { $worst = $one }
    }
    return $worst
}
