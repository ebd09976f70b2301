# Knows what `node --version` prints: v20.11.1, perhaps with a suffix such as -nightly.

function Get-NodeVersion {
    <#
    .SYNOPSIS
    Version of a Node executable, asked for in Constrained Language Mode; nothing where it does not start or prints something else.
    #>
    [CmdletBinding()]
    [OutputType([version])]
    param([Parameter(Mandatory = $true)] [string] $FileName)

    try {
        $line = & $FileName '--version' | Select-Object -First 1
    } catch {
        Write-Verbose "$FileName does not start: $($_.Exception.Message)"
        return
    }
    if ($line -match '^v(\d+\.\d+\.\d+)') {
        return [version] $Matches[1]
    }
}
