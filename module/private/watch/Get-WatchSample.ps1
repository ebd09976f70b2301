# Knows that a sample which fails is a fact of the watch like any other: nobody is there to see an error.

function Get-WatchSample {
    <#
    .SYNOPSIS
    What Get-LightSample gives, { Pools, TopOwner, Problem }; after a failure without pools and with the reason.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $problem = 'the sample gave nothing'
    try {
        $sample = Get-LightSample
        if ($null -ne $sample) {
            $pools = @($sample.Pools | Where-Object { $null -ne $_ })
            $problem = $sample.Problem
            if ($pools.Count -eq 0 -and -not $problem) { $problem = 'the sample holds no pool' }
            return New-Record -Value ([ordered]@{ Pools = $pools; TopOwner = $sample.TopOwner; Problem = $problem })
        }
    } catch {
        $problem = $_.Exception.GetBaseException().Message
    }
    return New-Record -Value ([ordered]@{ Pools = @(); TopOwner = $null; Problem = $problem })
}
