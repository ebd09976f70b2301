# Knows who may be trusted with what SYSTEM runs: SYSTEM, Administrators and TrustedInstaller (SIDs: Microsoft's "Well-known SIDs"; that of
# TrustedInstaller is the same on every Windows). Not Domain Admins or a single administrator: that they are members of Administrators is
# usual and not certain. An owner may always change the access list, so a foreign owner is as bad as a right.
# Bits of the mask: WriteData 0x2, AppendData 0x4, WriteExtendedAttributes 0x10, DeleteSubdirectoriesAndFiles 0x40, Delete 0x10000,
# ChangePermissions 0x40000, TakeOwnership 0x80000, GenericAll 0x10000000, GenericWrite 0x40000000; and WriteAttributes 0x100, which is
# enough to make an empty folder a link to another place ([MS-FSA] FSCTL_SET_REPARSE_POINT). A folder on the way is not empty.

function Get-UnsafeAccount {
    <#
    .SYNOPSIS
    SID of the first account outside of the trusted ones that can change the file or folder; nothing where there is none.
    .PARAMETER Access
    What Get-AccessEntry gave.
    .PARAMETER Ancestor
    The folder only leads to what matters: then it counts who can replace what is in it, not who can add to it.
    .PARAMETER Root
    The folder is a drive, which nobody can delete or rename: users may "modify" that of a drive for data, as Windows formats it.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Access,
        [switch] $Ancestor,
        [switch] $Root
    )

    $trusted = 'S-1-5-18', 'S-1-5-32-544', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
    if ($trusted -notcontains $Access.Owner) {
        return $Access.Owner
    }
    $dangerous = 0x500D0156
    if ($Ancestor) { $dangerous = 0x100D0040 }
    if ($Ancestor -and $Root) { $dangerous = 0x100C0040 }
    foreach ($entry in $Access.Entries) {
        if (-not $entry.IsAllow -or ($entry.Rights -band $dangerous) -eq 0 -or $trusted -contains $entry.Sid) { continue }
        # OWNER RIGHTS are those of the owner, who is trusted. What a folder only hands down to new files does not open the folder itself;
        # CREATOR OWNER hands it to whoever makes them.
        if ($entry.Sid -eq 'S-1-3-4' -or ($entry.IsInheritOnly -and ($Ancestor -or $entry.Sid -eq 'S-1-3-0'))) { continue }
        return $entry.Sid
    }
}
