# Knows that SYSTEM stops where others could tell it what to do.

function Assert-SafeForSystem {
    <#
    .SYNOPSIS
    Throws where a check of access found a fault.
    #>
    [CmdletBinding()]
    param([AllowNull()] [psobject] $Fault)

    if ($null -ne $Fault) {
        throw (New-Object -TypeName System.UnauthorizedAccessException -ArgumentList $Fault.message)
    }
}
