# Knows how a session waits for what SYSTEM does: it looks at the state, which is whole at any time.

function Wait-TracePhase {
    <#
    .SYNOPSIS
    Waits until the recording has one of these phases, and gives it; '' where the time is up, 'gone' where there is no state any more.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string[]] $Phase,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds,
        [Parameter(Mandatory = $true)] [string] $Activity
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        while ($clock.Elapsed.TotalSeconds -lt $TimeoutSeconds) {
            $state = Read-TraceState
            if ($null -eq $state) {
                return 'gone'
            }
            if ($Phase -contains $state.phase) {
                return $state.phase
            }
            Start-Sleep -Milliseconds 250
            Write-Progress -Id 42314267 -Activity $Activity -Status "The task has been at it for $([int] [Math]::Floor($clock.Elapsed.TotalSeconds)) s"
        }
        return ''
    } finally {
        Write-Progress -Id 42314267 -Activity $Activity -Completed
    }
}
