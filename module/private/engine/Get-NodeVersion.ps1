# Knows what `node --version` prints: v20.11.1, perhaps with a suffix such as -nightly.

function Get-NodeVersion {
    <#
    .SYNOPSIS
    Version of a Node executable; nothing where it does not start or prints something else.
    #>
    [CmdletBinding()]
    [OutputType([version])]
    param([Parameter(Mandatory = $true)] [string] $FileName)

    $session = $null
    try {
        $session = Open-EngineSession -FileName $FileName -ArgumentList '--version'
        $line = Read-EngineLine -Session $session
    } catch [System.ComponentModel.Win32Exception] {
        Write-Verbose "$FileName does not start: $($_.Exception.Message)"
        return
    } finally {
        Close-EngineSession -Session $session
    }
    if ($line -match '^v(\d+\.\d+\.\d+)') {
        return [version] $Matches[1]
    }
}
