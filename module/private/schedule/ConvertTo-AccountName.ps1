# Knows how an account is called, where Windows can tell.

function ConvertTo-AccountName {
    <#
    .SYNOPSIS
    Name and SID, or the SID alone.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Sid)

    try {
        $identity = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $Sid
        return "$($identity.Translate([System.Security.Principal.NTAccount]).Value) ($Sid)"
    } catch {
        # Of a domain that is out of reach, or deleted.
        Write-Verbose "$Sid has no name: $($_.Exception.Message)"
        return $Sid
    }
}
