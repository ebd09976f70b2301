# Knows how to stop waiting for a command that does not come back: it runs in a runspace that is then left alone. No wait is long, as
# PowerShell notices Ctrl+C only between two statements.

function Invoke-TimedCommand {
    <#
    .SYNOPSIS
    What a command gives. Throws what it throws, or a TimeoutException.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [hashtable] $Parameter,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds
    )

    $shell = [powershell]::Create()
    $isDone = $false
    try {
        $null = $shell.AddCommand($Name).AddParameters($Parameter)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $running = $shell.BeginInvoke()
        while (-not $isDone -and $clock.ElapsedMilliseconds -lt 1000 * $TimeoutSeconds) {
            $isDone = $running.AsyncWaitHandle.WaitOne(100)
        }
        if (-not $isDone) {
            throw (New-Object -TypeName System.TimeoutException -ArgumentList "no answer within $TimeoutSeconds s")
        }
        return $shell.EndInvoke($running)
    } catch {
        # The error of the command itself carries its code.
        if ($_.Exception.InnerException -is [System.Management.Automation.RuntimeException]) {
            throw $_.Exception.InnerException.ErrorRecord
        }
        throw
    } finally {
        # Neither Dispose nor Stop where it did not answer: both wait for it.
        if ($isDone) { $shell.Dispose() } else { $null = $shell.BeginStop($null, $null) }
    }
}
