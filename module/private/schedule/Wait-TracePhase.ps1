# Knows how a session waits for what SYSTEM does: it looks at the state, which is whole at any time.

function Wait-TracePhase {
    <#
    .SYNOPSIS
    Waits until the recording of a state has one of these phases, and gives its state then; $null where the time is up; one of the phase
    'gone' where there is no such recording any more.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [string[]] $Phase,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds,
        [Parameter(Mandatory = $true)] [string] $Activity
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        while ($clock.Elapsed.TotalSeconds -lt $TimeoutSeconds) {
            $now = Read-TraceState
            if ($null -eq $now -or $now.id -ne $State.id) {
                return New-Record -Value ([ordered]@{ phase = 'gone'; fault = $null })
            }
            if ($Phase -contains $now.phase) {
                return $now
            }
            Start-Sleep -Milliseconds 250
            Write-Progress -Id 42314267 -Activity $Activity -Status "The task has been at it for $([int] [Math]::Floor($clock.Elapsed.TotalSeconds)) s"
        }
    } finally {
        Write-Progress -Id 42314267 -Activity $Activity -Completed
    }
}
