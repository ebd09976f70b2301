# Knows that a state which is put into its place at this moment cannot be read for a moment: Windows refuses it meanwhile.

function Read-StateText {
    <#
    .SYNOPSIS
    The text of a file; $null where there is none. Throws where it cannot be read within a second.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ([System.IO.File]::Exists($Path)) {
        try {
            return [System.IO.File]::ReadAllText($Path)
        } catch [System.Management.Automation.MethodInvocationException] {
            if ($clock.Elapsed.TotalSeconds -ge 1) { throw }
        }
        Start-Sleep -Milliseconds 50
    }
}
