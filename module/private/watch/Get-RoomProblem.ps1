# Knows how much of a drive a watch leaves to others: nobody is there to see it fill.

function Get-RoomProblem {
    <#
    .SYNOPSIS
    Why there is no room for evidence, as a sentence; nothing where there is.
    .PARAMETER NeedMB
    What the evidence takes.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [int] $NeedMB
    )

    $least = $NeedMB + (Get-WatchConstant).ReserveMB
    $free = (Get-DriveFact -Path $Folder).FreeBytes
    if ($null -ne $free -and $free -lt 1MB * $least) {
        return "the drive of '$Folder' has $([Math]::Floor($free / 1MB)) MB free, and less than $least MB would not be enough for Windows, too"
    }
}
