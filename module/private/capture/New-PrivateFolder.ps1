# Knows how a folder is made that only this user and administrators can read from its first moment on.

function New-PrivateFolder {
    <#
    .SYNOPSIS
    Path of a new folder in the folder for temporary files.
    .NOTES
    Elsewhere than on Windows chmod does it while the folder is still empty.
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
    New-SecuredFolder -Path $path -Sid ([System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value), 'S-1-5-32-544'
    return $path
}
