# Knows who may read a capture: who made it, administrators and SYSTEM. Groups by their SIDs, as their names are translated.

function Protect-CaptureFile {
    <#
    .SYNOPSIS
    Gives a file its access list; warns where that did not work. Outside Windows, where nothing is read live, it does nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)

    if ($null -ne (Test-PortCollector)) {
        return
    }
    try {
        $security = New-Object -TypeName System.Security.AccessControl.FileSecurity
        $security.SetAccessRuleProtection($true, $false)
        $user = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
        foreach ($sid in $user, 'S-1-5-32-544', 'S-1-5-18') {
            $identity = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $sid
            $security.AddAccessRule((New-Object -TypeName System.Security.AccessControl.FileSystemAccessRule -ArgumentList $identity, 'FullControl', 'Allow'))
        }
        $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $Path
        if ($file.PSObject.Methods['SetAccessControl']) {
            $file.SetAccessControl($security)
        } else {
            # .NET has it as an extension.
            [System.IO.FileSystemAclExtensions]::SetAccessControl($file, $security)
        }
    } catch {
        Write-Warning "The access to $Path could not be limited to administrators and you: $($_.Exception.GetBaseException().Message)"
    }
}
