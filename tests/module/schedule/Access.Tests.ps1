# Knows whose rights make a file or folder unsafe for SYSTEM: the rule of Get-UnsafeAccount over plain entries, by bits of winnt.h.
BeforeAll {
    . (Join-Path $PSScriptRoot '../Setup.ps1')
    Import-Module $Manifest -Force -Global

    function Get-Unsafe {
        param([string] $Owner, [object[]] $Entry, [bool] $Ancestor)
        $access = [pscustomobject]@{
            Owner   = $Owner
            IsLink  = $false
            Entries = @($Entry | Where-Object { $null -ne $_ } | ForEach-Object {
                    [pscustomobject]@{ Sid = $_[0]; Rights = $_[1]; IsAllow = $_[2] -ne 'deny'; IsInheritOnly = $_[2] -eq 'inherit' }
                })
        }
        InModuleScope PortExhaustion -Parameters @{ Access = $access; Leads = $Ancestor } { Get-UnsafeAccount -Access $Access -Ancestor:$Leads }
    }
}

Describe 'An access list' {
    It 'is safe: <What>' -ForEach @(
        @{ What = 'no entries at all'; Entry = @() }
        @{ What = 'SYSTEM with full control'; Entry = @(, @('S-1-5-18', 0x1F01FF, 'allow')) }
        @{ What = 'Administrators with full control'; Entry = @(, @('S-1-5-32-544', 0x1F01FF, 'allow')) }
        @{ What = 'TrustedInstaller with full control'; Entry = @(, @('S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464', 0x1F01FF, 'allow')) }
        @{ What = 'Users who read and execute'; Entry = @(, @('S-1-5-32-545', 0x1200A9, 'allow')) }
        @{ What = 'Users with generic read and execute'; Entry = @(, @('S-1-5-32-545', 0xA0000000, 'allow')) }
        @{ What = 'Users who write attributes'; Entry = @(, @('S-1-5-32-545', 0x100, 'allow')) }
        @{ What = 'Everyone is denied'; Entry = @(, @('S-1-1-0', 0x1F01FF, 'deny')) }
        @{ What = 'CREATOR OWNER for what is made'; Entry = @(, @('S-1-3-0', 0x10000000, 'inherit')) }
        @{ What = 'OWNER RIGHTS of a trusted owner'; Entry = @(, @('S-1-3-4', 0x1F01FF, 'allow')) }
        @{ What = 'Users who add to a folder on the way'; Entry = @(, @('S-1-5-32-545', 0x6, 'allow')); Ancestor = $true }
        @{ What = 'Users whose rights a folder on the way hands down'; Entry = @(, @('S-1-5-11', 0x1301BF, 'inherit')); Ancestor = $true }
    ) {
        Get-Unsafe 'S-1-5-32-544' $Entry ([bool] $Ancestor) | Should -BeNullOrEmpty
    }

    It 'is unsafe: <What>' -ForEach @(
        @{ What = 'WriteData'; Sid = 'S-1-5-32-545'; Rights = 0x2 }
        @{ What = 'AppendData'; Sid = 'S-1-5-32-545'; Rights = 0x4 }
        @{ What = 'WriteExtendedAttributes'; Sid = 'S-1-5-32-545'; Rights = 0x10 }
        @{ What = 'DeleteSubdirectoriesAndFiles'; Sid = 'S-1-5-32-545'; Rights = 0x40 }
        @{ What = 'Delete'; Sid = 'S-1-5-32-545'; Rights = 0x10000 }
        @{ What = 'ChangePermissions'; Sid = 'S-1-5-32-545'; Rights = 0x40000 }
        @{ What = 'TakeOwnership'; Sid = 'S-1-5-32-545'; Rights = 0x80000 }
        @{ What = 'GenericAll'; Sid = 'S-1-1-0'; Rights = 0x10000000 }
        @{ What = 'GenericWrite'; Sid = 'S-1-1-0'; Rights = 0x40000000 }
        @{ What = 'modify, of authenticated users'; Sid = 'S-1-5-11'; Rights = 0x1301BF }
        @{ What = 'full control, of domain admins'; Sid = 'S-1-5-21-1-2-3-512'; Rights = 0x1F01FF }
        @{ What = 'full control, of one user'; Sid = 'S-1-5-21-1-2-3-1001'; Rights = 0x1F01FF }
        @{ What = 'full control, of NETWORK SERVICE'; Sid = 'S-1-5-20'; Rights = 0x1F01FF }
        @{ What = 'CREATOR OWNER on the folder itself'; Sid = 'S-1-3-0'; Rights = 0x1F01FF }
        @{ What = 'rights handed down to new files'; Sid = 'S-1-5-32-545'; Rights = 0x2; Kind = 'inherit' }
        @{ What = 'Delete, on the way'; Sid = 'S-1-5-32-545'; Rights = 0x10000; Ancestor = $true }
        @{ What = 'DeleteSubdirectoriesAndFiles, on the way'; Sid = 'S-1-5-32-545'; Rights = 0x40; Ancestor = $true }
        @{ What = 'ChangePermissions, on the way'; Sid = 'S-1-5-32-545'; Rights = 0x40000; Ancestor = $true }
        @{ What = 'TakeOwnership, on the way'; Sid = 'S-1-5-32-545'; Rights = 0x80000; Ancestor = $true }
    ) {
        if (-not $Kind) { $Kind = 'allow' }
        Get-Unsafe 'S-1-5-18' @(, @($Sid, $Rights, $Kind)) ([bool] $Ancestor) | Should -BeExactly $Sid
    }

    It 'is unsafe by its owner <_>' -ForEach 'S-1-5-21-1-2-3-1001', 'S-1-5-21-1-2-3-512', 'S-1-5-32-545' {
        Get-Unsafe $_ @() $false | Should -BeExactly $_
        Get-Unsafe $_ @() $true | Should -BeExactly $_
    }
}
