# Knows how a session is told that runs with all rights of an administrator: the role is missing from a token that UAC cut down.

function Test-Elevation {
    <#
    .SYNOPSIS
    $true or $false; $null where it cannot be told.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    try {
        $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
        $principal = New-Object -TypeName System.Security.Principal.WindowsPrincipal -ArgumentList $identity
        return $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
    } catch {
        Write-Verbose "Elevation is not known: $($_.Exception.Message)"
    }
}
