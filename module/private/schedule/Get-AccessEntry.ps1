# Knows who may do what to a file or folder, as plain values: users by SID, rights as the bits of an access mask (winnt.h).

function Get-AccessEntry {
    <#
    .SYNOPSIS
    { Owner, IsLink, Entries }; an entry is { Sid, Rights, IsAllow, IsInheritOnly }. Throws where the access list cannot be read.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $kind = [System.Security.Principal.SecurityIdentifier]
    $list = Get-Acl -LiteralPath $Path -ErrorAction Stop
    $entries = foreach ($rule in $list.GetAccessRules($true, $true, $kind)) {
        New-Record -Value ([ordered]@{
                Sid           = $rule.IdentityReference.Value
                Rights        = [int] $rule.FileSystemRights
                IsAllow       = $rule.AccessControlType -eq 'Allow'
                IsInheritOnly = ($rule.PropagationFlags -band [System.Security.AccessControl.PropagationFlags]::InheritOnly) -ne 0
            })
    }
    return New-Record -Value ([ordered]@{
            Owner   = $list.GetOwner($kind).Value
            IsLink  = ([System.IO.File]::GetAttributes($Path) -band [System.IO.FileAttributes]::ReparsePoint) -ne 0
            Entries = @($entries)
        })
}
