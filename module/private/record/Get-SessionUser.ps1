# Knows who this session runs as. Users are told apart by SID: names are renamed and translated.

function Get-SessionUser {
    <#
    .SYNOPSIS
    { Sid, Name } of this session; Sid is $null outside Windows.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $user = [ordered]@{ Sid = $null; Name = [System.Environment]::UserName }
    if ([System.Environment]::OSVersion.Platform -eq [System.PlatformID]::Win32NT) {
        $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
        $user.Sid = $identity.User.Value
        $user.Name = $identity.Name
    }
    return New-Record -Value $user
}
