# Knows how to stop waiting for a command that does not come back: it runs in a runspace that is then left alone.

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
    $null = $shell.AddCommand($Name).AddParameters($Parameter)
    $running = $shell.BeginInvoke()
    if (-not $running.AsyncWaitHandle.WaitOne(1000 * $TimeoutSeconds)) {
        # Not Stop, which waits for the command that does not answer.
        $null = $shell.BeginStop($null, $null)
        throw (New-Object -TypeName System.TimeoutException -ArgumentList "no answer within $TimeoutSeconds s")
    }
    try {
        return $shell.EndInvoke($running)
    } catch {
        # The error of the command itself carries its code.
        if ($_.Exception.InnerException -is [System.Management.Automation.RuntimeException]) {
            throw $_.Exception.InnerException.ErrorRecord
        }
        throw
    } finally {
        $shell.Dispose()
    }
}
