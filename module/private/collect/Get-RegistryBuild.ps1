# Knows where Windows keeps its build number: CurrentBuildNumber, as text.

function Get-RegistryBuild {
    <#
    .SYNOPSIS
    The build of Windows as 7601 or 26100; $null where the registry does not tell it.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param()

    $key = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' -ErrorAction Ignore
    if ($null -ne $key -and $key.PSObject.Properties['CurrentBuildNumber'] -and $key.CurrentBuildNumber -match '^\d{3,9}$') {
        return [int] $key.CurrentBuildNumber
    }
}
