# Knows that a problem which comes back each minute is one problem.

function Add-TraceProblem {
    <#
    .SYNOPSIS
    Adds what is new to the problems of a state, and keeps the state.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.ArrayList] $Problem
    )

    $mostProblems = 20
    $new = @($Problem | Where-Object { $_ -and $State.problems -notcontains $_ })
    $State.problems = @(@($State.problems) + $new | Select-Object -First $mostProblems)
    Write-TraceState -State $State
}
