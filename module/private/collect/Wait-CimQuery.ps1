# Knows how to stop waiting for a command that does not come back.

function Wait-CimQuery {
    <#
    .SYNOPSIS
    The instances that Get-CimInstance gives for the parameters -Query. Throws what it throws, or a TimeoutException.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Query,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds
    )

    $shell = [powershell]::Create()
    $null = $shell.AddCommand('Get-CimInstance').AddParameters($Query)
    $running = $shell.BeginInvoke()
    # The cmdlet's own limit comes first where it works, and tells more.
    if (-not $running.AsyncWaitHandle.WaitOne(1000 * ($TimeoutSeconds + 2))) {
        # Not Stop, which waits for the command that does not answer.
        $null = $shell.BeginStop($null, $null)
        throw (New-Object -TypeName System.TimeoutException -ArgumentList "no answer within $TimeoutSeconds s")
    }
    try {
        return $shell.EndInvoke($running)
    } catch {
        # The error of the cmdlet itself carries the code of CIM.
        if ($_.Exception.InnerException -is [System.Management.Automation.RuntimeException]) {
            throw $_.Exception.InnerException.ErrorRecord
        }
        throw
    } finally {
        $shell.Dispose()
    }
}
