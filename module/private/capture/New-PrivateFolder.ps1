# Knows how a folder is made that only this user and administrators can read from its first moment on.

function New-PrivateFolder {
    <#
    .SYNOPSIS
    Path of a new folder in the folder for temporary files.
    .NOTES
    .NET Framework and .NET have different methods for the same thing; elsewhere than on Windows chmod does it while the
    folder is still empty.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $path = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "PortExhaustion-$([guid]::NewGuid().ToString('n'))")
    if ([System.Environment]::OSVersion.Platform -ne [System.PlatformID]::Win32NT) {
        $null = [System.IO.Directory]::CreateDirectory($path)
        $session = $null
        try {
            $session = Open-EngineSession -FileName 'chmod' -ArgumentList '700', $path
            Wait-EngineExit -Session $session
        } finally {
            Close-EngineSession -Session $session
        }
        return $path
    }
    $security = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
    $security.SetAccessRuleProtection($true, $false)
    $administrators = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-32-544'
    foreach ($who in [System.Security.Principal.WindowsIdentity]::GetCurrent().User, $administrators) {
        $rule = New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $who, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'
        $security.AddAccessRule($rule)
    }
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        $null = [System.IO.FileSystemAclExtensions]::CreateDirectory($security, $path)
    } else {
        $null = [System.IO.Directory]::CreateDirectory($path, $security)
    }
    return $path
}
