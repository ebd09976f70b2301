# Knows how the problems of a sample come to be known: the last one in the state, several failures in a row in the log.

function Complete-WatchStep {
    <#
    .SYNOPSIS
    Counts failures, keeps the state, and tells where that is due.
    .PARAMETER Failure
    Why the sample did not become part of the history.
    .PARAMETER Problem
    What else went wrong.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Failure,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Problem,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $constant = Get-WatchConstant
    $all = @($Failure) + @($Problem)
    if ($all.Count -gt 0) {
        $State.lastProblem = New-Record -Value ([ordered]@{ time = ConvertTo-EngineTime -Time $Time; message = $all -join '; ' })
    }
    if ($Failure.Count -gt 0) { $State.failures++ } else { $State.failures = 0 }
    $unsaved = Save-WatchState -State $State
    if ($unsaved) {
        Write-Warning -Message $unsaved
        if ($all -notcontains $unsaved) { $all += $unsaved }
    }
    # What cannot be counted is told at once; then the log says when it was told last.
    if ($unsaved -or ($Failure.Count -gt 0 -and $State.failures -eq $constant.FailuresTold)) {
        $untold = Send-WatchEvent -Sparing:([bool] $unsaved) -Id $constant.FailureEvent -Text "The watch of ports has trouble: $($all -join '; '). Failures in a row: $($State.failures)."
        if ($untold) { Write-Warning -Message $untold }
    }
}
