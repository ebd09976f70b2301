# Knows that a file which takes the place of another must wait for whoever reads that one at this moment: Windows refuses it meanwhile.

function Move-StateFile {
    <#
    .SYNOPSIS
    Puts a file into the place of another in one step. Throws where that does not work within a second.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Destination
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try {
            if ([System.IO.File]::Exists($Destination)) {
                [System.IO.File]::Replace($Path, $Destination, [NullString]::Value)
            } else {
                [System.IO.File]::Move($Path, $Destination)
            }
            return
        } catch [System.Management.Automation.MethodInvocationException] {
            if ($clock.Elapsed.TotalSeconds -ge 1) { throw }
        }
        Start-Sleep -Milliseconds 50
    }
}
