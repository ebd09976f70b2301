# Knows how a series of samples is shown in front of a person.

function Write-ChurnProgress {
    <#
    .SYNOPSIS
    Shows which sample is taken, or how long it still takes; without -Number it takes the bar away.
    #>
    [CmdletBinding()]
    param(
        [int] $Number,
        [int] $Count,
        # Until the last sample; 0 while a sample is taken.
        [int] $Seconds
    )

    $activity = 'Measuring how the use of ports changes'
    if ($Number -eq 0) {
        Write-Progress -Activity $activity -Completed
    } elseif ($Seconds -eq 0) {
        Write-Progress -Activity $activity -Status "Taking sample $Number of $Count" -PercentComplete (100 * ($Number - 1) / $Count)
    } else {
        Write-Progress -Activity $activity -Status "Took sample $Number of $Count" -PercentComplete (100 * $Number / $Count) -SecondsRemaining $Seconds
    }
}
