# Knows that Windows takes Temp and TEMP for one name, other systems for two.

function Test-PathIn {
    <#
    .SYNOPSIS
    Whether a path is among others.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $List
    )

    if ([System.Environment]::OSVersion.Platform -eq [System.PlatformID]::Win32NT) {
        return $List -contains $Path
    }
    return $List -ccontains $Path
}
