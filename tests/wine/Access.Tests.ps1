# Knows what the small wrappers around the registry and around access lists make of Windows' answers. Wine has a real registry. Of an access
# list it keeps the owner and three sets of Unix permissions, all for the user who runs it; so lists as they are on Windows are read here
# from the form in which Windows hands them to Get-Acl, and not from a file.

BeforeAll {
    $root = Join-Path $PSScriptRoot '../..'
    Import-Module (Join-Path $root 'PortExhaustion.psd1') -Force
    $module = Get-Module PortExhaustion
    $folder = Join-Path $TestDrive 'access'
    $null = New-Item -Path $folder -ItemType Directory

    # What Get-AccessEntry makes of the list that Get-Acl gives, each entry as a line.
    function Read-List {
        $access = & $module { Get-AccessEntry -Path $args[0] } $folder
        $access.Owner
        foreach ($one in $access.Entries) { '{0} 0x{1:X} {2}{3}' -f $one.Sid, $one.Rights, $(if ($one.IsAllow) { 'allow' } else { 'deny' }), $(if ($one.IsInheritOnly) { ', below' }) }
    }
}

Describe 'The source in the registry' {
    BeforeEach {
        $key = & $module { Get-EventSourceKey }
        if (Test-Path -LiteralPath $key) { Remove-Item -LiteralPath $key -Recurse }
    }

    AfterAll {
        $key = & $module { Get-EventSourceKey }
        if (Test-Path -LiteralPath $key) { Remove-Item -LiteralPath $key -Recurse }
    }

    It 'is nothing where there is none' {
        & $module { Get-EventSource } | Should -BeNullOrEmpty
    }

    It 'of <What> is by eventcreate: <Own>, and takes its events: <Writable>' -ForEach @(
        @{ What = 'eventcreate.exe'; Own = $true; Writable = $true; Values = @{ EventMessageFile = '%SystemRoot%\System32\EventCreate.exe'; CustomSource = 1; TypesSupported = 7 } }
        @{ What = 'New-EventLog'; Own = $false; Writable = $false; Values = @{ EventMessageFile = 'C:\Windows\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll' } }
        @{ What = 'another program that marked it'; Own = $false; Writable = $true; Values = @{ EventMessageFile = 'C:\a\NotEventCreate.exe'; CustomSource = 1 } }
        @{ What = 'nobody in particular'; Own = $false; Writable = $false; Values = @{} }
    ) {
        $null = New-Item -Path $key -Force
        foreach ($name in $Values.Keys) {
            $kind = if ($Values[$name] -is [int]) { 'DWord' } else { 'ExpandString' }
            $null = New-ItemProperty -LiteralPath $key -Name $name -Value $Values[$name] -PropertyType $kind
        }
        $source = & $module { Get-EventSource }
        $source.IsEventCreate, $source.IsWritable | Should -Be $Own, $Writable
    }

    It 'goes with all below it, its neighbours stay, and a second time is an error' {
        $neighbour = "$($key)2"
        $null = New-Item -Path $neighbour -Force
        $null = New-Item -Path (Join-Path $key 'below') -Force
        & $module { Remove-EventSource }
        Test-Path -LiteralPath $key | Should -BeFalse
        Test-Path -LiteralPath $neighbour | Should -BeTrue
        Remove-Item -LiteralPath $neighbour
        { & $module { Remove-EventSource } } | Should -Throw '*PortExhaustion*'
    }
}

Describe 'Access lists' {
    It 'are read from what stands at a file: its owner, and who may write since that was granted' {
        $file = Join-Path $folder 'a.txt'
        [IO.File]::WriteAllText($file, 'a')
        $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
        $before = & $module { Get-AccessEntry -Path $args[0] } $file
        $before.Owner, $before.IsLink | Should -Be $me, $false
        @($before.Entries | Where-Object { $_.Sid -eq 'S-1-1-0' -and $_.Rights -band 2 }).Count | Should -Be 0
        $list = [Security.AccessControl.FileSecurity]::new()
        $list.SetAccessRuleProtection($true, $false)
        $everyone = [Security.Principal.SecurityIdentifier]::new('S-1-1-0')
        $list.AddAccessRule([Security.AccessControl.FileSystemAccessRule]::new($everyone, 'FullControl', 'Allow'))
        [IO.FileSystemAclExtensions]::SetAccessControl([IO.FileInfo]::new($file), $list)
        $after = & $module { Get-AccessEntry -Path $args[0] } $file
        @($after.Entries | Where-Object { $_.Sid -eq 'S-1-1-0' -and $_.Rights -band 2 -and $_.IsAllow }).Count | Should -Be 1
    }

    It 'of nothing are an error, and so a reason to refuse' {
        { & $module { Get-AccessEntry -Path 'C:\absent' } } | Should -Throw
        & $module { Get-UnsafeReason -Path 'C:\absent' } | Should -BeLike "Who can change 'C:\absent' cannot be told: *"
    }

    It 'as Windows hands them out: <What>' -ForEach @(
        @{ What = 'a protected folder'; Text = 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'; Lines = 'S-1-5-32-544', 'S-1-5-18 0x1F01FF allow', 'S-1-5-32-544 0x1F01FF allow' }
        @{ What = 'what is only for below'; Text = 'O:BAD:(A;OICIIO;GA;;;CO)'; Lines = 'S-1-5-32-544', 'S-1-3-0 0x10000000 allow, below' }
        @{ What = 'what is inherited'; Text = 'O:BAD:AI(A;OICIID;0x1301bf;;;BU)'; Lines = 'S-1-5-32-544', 'S-1-5-32-545 0x1301BF allow' }
        @{ What = 'a refusal'; Text = 'O:BAD:(D;;0x2;;;BU)'; Lines = 'S-1-5-32-544', 'S-1-5-32-545 0x2 deny' }
        @{ What = 'generic rights'; Text = 'O:BAD:(A;;GA;;;BU)(A;;GW;;;AU)(A;;GR;;;WD)'; Lines = 'S-1-5-32-544', 'S-1-1-0 0x80000000 allow', 'S-1-5-11 0x40000000 allow', 'S-1-5-32-545 0x10000000 allow' }
        @{ What = 'the rights of the owner'; Text = 'O:S-1-5-21-1-2-3-1001D:(A;;FA;;;OW)'; Lines = 'S-1-5-21-1-2-3-1001', 'S-1-3-4 0x1F01FF allow' }
        @{ What = 'the right to hand out rights'; Text = 'O:SYD:(A;;WDWO;;;BU)'; Lines = 'S-1-5-18', 'S-1-5-32-545 0xC0000 allow' }
        @{ What = 'an empty list, which lets nobody in'; Text = 'O:BAD:P'; Lines = 'S-1-5-32-544' }
    ) {
        $list = [Security.AccessControl.DirectorySecurity]::new()
        $list.SetSecurityDescriptorSddlForm($Text)
        Mock Get-Acl -ModuleName PortExhaustion { $list }
        @(Read-List | Sort-Object) | Should -Be @($Lines | Sort-Object)
    }

    It 'that are not there at all let everybody in' {
        # A security descriptor (winnt.h), self-relative, with a DACL that is present and null; owner S-1-5-32-544.
        $bytes = [byte[]] (@(1, 0, 4, 0x80) + @(20, 0, 0, 0) + @(0) * 12 + @(1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0))
        $list = [Security.AccessControl.DirectorySecurity]::new()
        $list.SetSecurityDescriptorBinaryForm($bytes)
        Mock Get-Acl -ModuleName PortExhaustion { $list }
        Read-List | Should -Be 'S-1-5-32-544', 'S-1-1-0 0xFFFFFFFF allow'
    }

    It 'of a link say that it is one; Wine makes none itself and shows those of its host, here /bin' {
        (& $module { Get-AccessEntry -Path 'Z:\bin' }).IsLink | Should -BeTrue
        (& $module { Get-AccessEntry -Path 'Z:\usr' }).IsLink | Should -BeFalse
        & $module { Get-UnsafeReason -Path 'Z:\bin' } | Should -Be "'Z:\bin' is a link to another place."
    }

    It 'of a folder that only SYSTEM and Administrators have, made at once; Wine makes its one user the owner, for which it is refused' {
        $made = Join-Path $folder 'made'
        & $module { New-SecuredFolder -Path $args[0] -Sid 'S-1-5-32-544', 'S-1-5-18' -Owner 'S-1-5-32-544' } $made
        $access = & $module { Get-AccessEntry -Path $args[0] } $made
        $access.Entries.Sid | Should -Not -Contain 'S-1-1-0'
        & $module { Get-UnsafeReason -Path $args[0] } $made | Should -BeLike "*$($access.Owner)*can change '*made'."
    }
}
