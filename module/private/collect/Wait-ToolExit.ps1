# Knows how a program is waited for: no wait is long, as PowerShell notices Ctrl+C only between two statements.

function Wait-ToolExit {
    <#
    .SYNOPSIS
    Whether the program has ended, and all of its output is here, before the clock shows -Limit milliseconds.
    .PARAMETER Activity
    What to show while waiting; nothing is shown without it.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [System.Diagnostics.Process] $Process,
        [Parameter(Mandatory = $true)] [System.Threading.Tasks.Task] $Output,
        [Parameter(Mandatory = $true)] [System.Diagnostics.Stopwatch] $Clock,
        [Parameter(Mandatory = $true)] [long] $Limit,
        [string] $Activity
    )

    $isDone = $false
    $name = [System.IO.Path]::GetFileNameWithoutExtension($Process.StartInfo.FileName)
    while (-not $isDone -and $Clock.ElapsedMilliseconds -lt $Limit) {
        $isDone = $Process.WaitForExit(100) -and $Output.Wait(100)
        if ($Activity -and -not $isDone -and $Clock.ElapsedMilliseconds -ge 1000) {
            Write-Progress -Id 42314267 -Activity $Activity -Status "$name has been at it for $([int] [Math]::Floor($Clock.Elapsed.TotalSeconds)) s"
        }
    }
    return $isDone
}
