# Knows the rhythm of a series of samples.

function Invoke-ChurnRound {
    <#
    .SYNOPSIS
    Takes samples one after the other, and waits between them.
    .PARAMETER Take
    Takes one, whose number is its argument. Tells and passes over what fails.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [int] $IntervalSeconds,
        [Parameter(Mandatory = $true)] [scriptblock] $Take
    )

    for ($number = 1; $number -le $Count; $number++) {
        Write-ChurnProgress -Number $number -Count $Count
        $null = & $Take $number
        if ($number -lt $Count) { $null = Wait-ChurnInterval -Number $number -Count $Count -Seconds $IntervalSeconds }
    }
}
