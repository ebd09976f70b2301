# Knows that a state which somebody reads at this moment cannot be removed for a moment: Windows refuses it meanwhile.

function Remove-StateFile {
    <#
    .SYNOPSIS
    Removes a file; where there is none, nothing happens. Throws where it cannot be removed within a second.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ([System.IO.File]::Exists($Path)) {
        try {
            [System.IO.File]::Delete($Path)
            return
        } catch [System.Management.Automation.MethodInvocationException] {
            if ($clock.Elapsed.TotalSeconds -ge 1) { throw $_.Exception.GetBaseException() }
        }
        Start-Sleep -Milliseconds 50
    }
}
