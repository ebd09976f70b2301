# Knows who may change what SYSTEM runs, as a table of access lists; and that every folder on the way is looked at.
BeforeDiscovery {
    $cases = @(
        @{ Why = 'administrators and SYSTEM alone'; Entries = @() }
        @{ Why = 'TrustedInstaller, as in Program Files'; Entries = , @('S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464', 0x1F01FF) }
        @{ Why = 'Users may read and run'; Entries = , @('S-1-5-32-545', 0x1200A9) }
        @{ Why = 'Users may write data'; Entries = , @('S-1-5-32-545', 0x2); Unsafe = 'S-1-5-32-545' }
        @{ Why = 'Users may append or make folders'; Entries = , @('S-1-5-32-545', 0x4); Unsafe = 'S-1-5-32-545' }
        @{ Why = 'Users may write extended attributes'; Entries = , @('S-1-5-32-545', 0x10); Unsafe = 'S-1-5-32-545' }
        @{ Why = 'Users may delete children'; Entries = , @('S-1-5-32-545', 0x40); Unsafe = 'S-1-5-32-545'; Ancestor = 'S-1-5-32-545' }
        @{ Why = 'Users may set flags, and so make it a link'; Entries = , @('S-1-5-32-545', 0x100); Unsafe = 'S-1-5-32-545' }
        @{ Why = 'Users may delete'; Entries = , @('S-1-5-32-545', 0x10000); Unsafe = 'S-1-5-32-545'; Ancestor = 'S-1-5-32-545' }
        @{ Why = 'Users may change permissions'; Entries = , @('S-1-5-32-545', 0x40000); Unsafe = 'S-1-5-32-545'; Ancestor = 'S-1-5-32-545' }
        @{ Why = 'Users may take ownership'; Entries = , @('S-1-5-32-545', 0x80000); Unsafe = 'S-1-5-32-545'; Ancestor = 'S-1-5-32-545' }
        @{ Why = 'Users may all, in generic words'; Entries = , @('S-1-5-32-545', 0x10000000); Unsafe = 'S-1-5-32-545'; Ancestor = 'S-1-5-32-545' }
        @{ Why = 'Users may write, in generic words'; Entries = , @('S-1-5-32-545', 0x40000000); Unsafe = 'S-1-5-32-545' }
        @{ Why = 'Users may read and run, in generic words'; Entries = , @('S-1-5-32-545', [int] 0xA0000000) }
        @{ Why = 'Everyone may modify'; Entries = , @('S-1-1-0', 0x1301BF); Unsafe = 'S-1-1-0'; Ancestor = 'S-1-1-0' }
        @{ Why = 'Authenticated Users may make folders, as in C:\'; Entries = , @('S-1-5-11', 0x4); Unsafe = 'S-1-5-11' }
        @{ Why = 'Authenticated Users may modify below, as in C:\'; Entries = , @('S-1-5-11', 0x1301BF, $true, $true); Unsafe = 'S-1-5-11' }
        @{ Why = 'CREATOR OWNER has all of what is made'; Entries = , @('S-1-3-0', 0x10000000, $true, $true) }
        @{ Why = 'CREATOR OWNER has all of this'; Entries = , @('S-1-3-0', 0x10000000); Unsafe = 'S-1-3-0'; Ancestor = 'S-1-3-0' }
        @{ Why = 'OWNER RIGHTS are full'; Entries = , @('S-1-3-4', 0x1F01FF) }
        @{ Why = 'Users are denied writing'; Entries = , @('S-1-5-32-545', 0x2, $false) }
        @{ Why = 'Domain Admins may modify'; Entries = , @('S-1-5-21-1-2-3-512', 0x1301BF); Unsafe = 'S-1-5-21-1-2-3-512'; Ancestor = 'S-1-5-21-1-2-3-512' }
        @{ Why = 'one user may modify'; Entries = , @('S-1-5-21-1-2-3-1001', 0x1301BF); Unsafe = 'S-1-5-21-1-2-3-1001'; Ancestor = 'S-1-5-21-1-2-3-1001' }
        @{ Why = 'all app packages may read'; Entries = , @('S-1-15-2-1', 0x1200A9) }
        @{ Why = 'the second of three may write'; Entries = @(@('S-1-5-32-545', 0x1200A9), @('S-1-5-4', 0x2), @('S-1-1-0', 0x2)); Unsafe = 'S-1-5-4' }
        @{ Why = 'a user owns it'; Owner = 'S-1-5-21-1-2-3-1001'; Entries = @(); Unsafe = 'S-1-5-21-1-2-3-1001'; Ancestor = 'S-1-5-21-1-2-3-1001' }
        @{ Why = 'SYSTEM owns it'; Owner = 'S-1-5-18'; Entries = @() }
        @{ Why = 'Domain Admins own it'; Owner = 'S-1-5-21-1-2-3-512'; Entries = @(); Unsafe = 'S-1-5-21-1-2-3-512'; Ancestor = 'S-1-5-21-1-2-3-512' }
    ) | ForEach-Object { foreach ($name in 'Unsafe', 'Ancestor', 'Owner') { if (-not $_.ContainsKey($name)) { $_[$name] = $null } }; $_ }
}

BeforeAll {
    . (Join-Path $PSScriptRoot '../Setup.ps1')
    Import-Module $Manifest -Force
    $access = {
        param($Owner, $Entries)
        if (-not $Owner) { $Owner = 'S-1-5-32-544' }
        $rows = @(@('S-1-5-18', 0x1F01FF), @('S-1-5-32-544', 0x1F01FF)) + @($Entries) | Where-Object { $_ }
        [pscustomobject]@{
            Owner   = $Owner
            IsLink  = $false
            Entries = @($rows | ForEach-Object {
                    [pscustomobject]@{ Sid = $_[0]; Rights = $_[1]; IsAllow = $_.Count -lt 3 -or $_[2]; IsInheritOnly = $_.Count -gt 3 -and $_[3] }
                })
        }
    }
}

Describe 'Who can change a file where <Why>' -ForEach $cases {
    It 'is told' {
        $given = & $access $Owner $Entries
        InModuleScope PortExhaustion -Parameters @{ Given = $given; Unsafe = $Unsafe; Ancestor = $Ancestor } {
            Get-UnsafeAccount -Access $Given | Should -Be $Unsafe
            Get-UnsafeAccount -Access $Given -Ancestor | Should -Be $Ancestor
        }
    }
}

Describe 'A drive on the way' {
    It 'is safe where users may modify it, as nobody can delete a drive, and not where they may <What>' -ForEach @(
        @{ What = 'delete what is in it'; Right = 0x40 }, @{ What = 'change who may'; Right = 0x40000 }, @{ What = 'take it'; Right = 0x80000 }, @{ What = 'do all'; Right = 0x10000000 }
    ) {
        $modify = & $access $null (, @('S-1-5-11', 0x1301BF))
        $more = & $access $null (, @('S-1-5-11', (0x1301BF -bor $Right)))
        InModuleScope PortExhaustion -Parameters @{ Modify = $modify; More = $more } {
            Get-UnsafeAccount -Access $Modify -Ancestor -Root | Should -BeNullOrEmpty
            Get-UnsafeAccount -Access $More -Ancestor -Root | Should -Be 'S-1-5-11'
            Get-UnsafeAccount -Access $Modify -Root | Should -Be 'S-1-5-11'
            Mock Get-AccessEntry { $Modify }
            Get-UnsafeReason -Path ([System.IO.Path]::GetPathRoot($TestDrive)) -Ancestor | Should -BeNullOrEmpty
            Get-UnsafeReason -Path $TestDrive -Ancestor | Should -Match 'S-1-5-11'
        }
    }
}

Describe 'A folder for SYSTEM' {
    BeforeEach {
        $folder = [System.IO.Path]::Combine($TestDrive, 'a', 'b')
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $good = & $access $null @()
        $bad = & $access $null (, @('S-1-5-32-545', 0x1F01FF))
        Mock Get-AccessEntry -ModuleName PortExhaustion { $good }
        Mock Get-DriveFact -ModuleName PortExhaustion { [pscustomobject]@{ Type = 'Fixed'; FreeBytes = 1TB } }
    }

    It 'that only administrators can change is taken, also where it is yet to be made' {
        InModuleScope PortExhaustion -Parameters @{ Folder = $folder } {
            Test-FolderSafety -Path $Folder | Should -BeNullOrEmpty
            Test-FolderSafety -Path "$Folder/c/d" | Should -BeNullOrEmpty
        }
    }

    It 'is FolderNotProtected where <_> is not safe' -ForEach 'the folder', 'its parent', 'its drive', 'a link', 'an access list that cannot be read' {
        $what = $_
        $place = @{ 'the folder' = $folder; 'its parent' = (Split-Path $folder); 'its drive' = '/'; 'a link' = (Split-Path $folder); 'an access list that cannot be read' = $folder }[$what]
        Mock Get-AccessEntry -ModuleName PortExhaustion -ParameterFilter { $Path -eq $place } {
            if ($what -eq 'a link') { $link = & $access $null @(); $link.IsLink = $true; return $link }
            if ($what -like 'an access list*') { throw [System.UnauthorizedAccessException]::new('no') }
            $bad
        }
        $fault = InModuleScope PortExhaustion -Parameters @{ Folder = $folder } { Test-FolderSafety -Path $Folder }
        $fault.code | Should -Be 'folder-not-safe'
        $fault.message | Should -BeLike "*'$place'*"
        InModuleScope PortExhaustion { (Get-FaultTable)['folder-not-safe'].Id } | Should -Be 'FolderNotProtected'
    }

    It 'is asked for each file of the module; one that Users can write to is ModuleNotProtected' {
        InModuleScope PortExhaustion { Test-ModuleSafety } | Should -BeNullOrEmpty
        Mock Get-AccessEntry -ModuleName PortExhaustion -ParameterFilter { $Path -like '*Step-PortTrace.ps1' } { $bad }
        $fault = InModuleScope PortExhaustion { Test-ModuleSafety }
        $fault.code | Should -Be 'module-not-safe'
        $fault.message | Should -BeLike '*S-1-5-32-545*can change*Step-PortTrace.ps1*'
        InModuleScope PortExhaustion { (Get-FaultTable)['module-not-safe'].Id } | Should -Be 'ModuleNotProtected'
    }

    It 'of the module is one of this computer: on a drive of kind <_> it is ModuleNotProtected' -ForEach 'Network', 'Removable' {
        $kind = $_
        Mock Get-DriveFact -ModuleName PortExhaustion { [pscustomobject]@{ Type = $kind; FreeBytes = $null } }
        $fault = InModuleScope PortExhaustion { Test-ModuleSafety }
        $fault.code | Should -Be 'module-not-safe'
        $fault.message | Should -BeLike "*not on a fixed drive*$kind*"
    }
}
