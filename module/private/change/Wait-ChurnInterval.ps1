# Knows how to wait so that a person sees that it goes on. In steps, as the clock of the machine may be set meanwhile.

function Wait-ChurnInterval {
    <#
    .SYNOPSIS
    Waits from one sample to the next.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [int] $Number,
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [int] $Seconds
    )

    for ($left = $Seconds; $left -gt 0; $left--) {
        Write-ChurnProgress -Number $Number -Count $Count -Seconds ($left + ($Count - $Number - 1) * $Seconds)
        Start-Sleep -Seconds 1
    }
}
