# Knows how Windows makes a folder with an access list from its first moment on. .NET Framework and .NET have different methods for it.
# Accounts by their SIDs, as names are translated.

function New-SecuredFolder {
    <#
    .SYNOPSIS
    Makes a folder that these accounts, and nobody else, have full control of. One that exists stays as it is.
    .PARAMETER Owner
    SID of its owner; without it, who makes it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string[]] $Sid,
        [AllowNull()] [AllowEmptyString()] [string] $Owner
    )

    $security = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
    $security.SetAccessRuleProtection($true, $false)
    foreach ($one in $Sid) {
        $who = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $one
        $rule = New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $who, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'
        $security.AddAccessRule($rule)
    }
    if ($Owner) {
        $security.SetOwner((New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $Owner))
    }
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        $null = [System.IO.FileSystemAclExtensions]::CreateDirectory($security, $Path)
    } else {
        $null = [System.IO.Directory]::CreateDirectory($Path, $security)
    }
}
