# Knows how a folder is made that only administrators and SYSTEM can read and write from its first moment on. Groups by their SIDs, as
# their names are translated. The owner is Administrators and not the user: an owner may always change who has access.

function New-ProtectedFolder {
    <#
    .SYNOPSIS
    Makes the folder. One that exists stays as it is.
    .NOTES
    .NET Framework and .NET have different methods for the same thing. Elsewhere than on Windows, where nothing is recorded, it is an
    ordinary folder.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)

    if ([System.Environment]::OSVersion.Platform -ne [System.PlatformID]::Win32NT) {
        $null = [System.IO.Directory]::CreateDirectory($Path)
        return
    }
    $security = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
    $security.SetAccessRuleProtection($true, $false)
    foreach ($sid in 'S-1-5-32-544', 'S-1-5-18') {
        $who = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $sid
        $security.AddAccessRule((New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $who, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'))
    }
    $security.SetOwner((New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-32-544'))
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        $null = [System.IO.FileSystemAclExtensions]::CreateDirectory($security, $Path)
    } else {
        $null = [System.IO.Directory]::CreateDirectory($Path, $security)
    }
}
