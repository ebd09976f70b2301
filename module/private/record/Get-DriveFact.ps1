# Knows what kind of drive a path lies on, and its room.

function Get-DriveFact {
    <#
    .SYNOPSIS
    { Type, FreeBytes } of the drive of a full path; Type is the name of a System.IO.DriveType, or Network for a share.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $root = [System.IO.Path]::GetPathRoot($Path)
    $fact = New-Record -Value ([ordered]@{ Type = 'Network'; FreeBytes = $null })
    if ($root -notmatch '^\\\\') {
        $drive = New-Object -TypeName System.IO.DriveInfo -ArgumentList $root
        $fact.Type = [string] $drive.DriveType
        # What this user may still write, not what the drive has.
        if ($drive.IsReady) { $fact.FreeBytes = $drive.AvailableFreeSpace }
    }
    return $fact
}
