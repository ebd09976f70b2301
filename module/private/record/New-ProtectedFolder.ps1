# Knows how a folder is made that only administrators and SYSTEM can read and write from its first moment on. The owner is Administrators
# and not the user: an owner may always change who has access.

function New-ProtectedFolder {
    <#
    .SYNOPSIS
    Makes the folder. One that exists stays as it is.
    .NOTES
    Elsewhere than on Windows, where nothing is recorded, it is an ordinary folder.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)

    if ([System.Environment]::OSVersion.Platform -ne [System.PlatformID]::Win32NT) {
        $null = [System.IO.Directory]::CreateDirectory($Path)
        return
    }
    New-SecuredFolder -Path $Path -Sid 'S-1-5-32-544', 'S-1-5-18' -Owner 'S-1-5-32-544'
}
