# Knows what may be wrong with the place for a recording. netsh merges into a second file when it stops, so it needs the size twice.

function Test-TraceTarget {
    <#
    .SYNOPSIS
    The fault for which nothing may be recorded to this path; nothing where all is well. Makes no file that stays.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [int] $MaxSizeMB,
        [switch] $Force
    )

    $why = Get-PathFault -Path $Path
    if ($why) {
        return New-FaultRecord -Code 'trace-path-invalid' -Message "netsh cannot record to '$Path': $why." -Path $Path
    }
    $drive = Get-DriveFact -Path $Path
    if ($drive.Type -ne 'Fixed') {
        return New-FaultRecord -Code 'trace-path-not-local' -Message "'$Path' is not on a fixed drive of this computer (its kind is $($drive.Type))." -Path $Path
    }
    $folder = [System.IO.Path]::GetDirectoryName($Path)
    if (-not [System.IO.Directory]::Exists($folder)) {
        return New-FaultRecord -Code 'trace-folder-not-found' -Message "There is no folder '$folder'." -Path $folder
    }
    $link = Get-LinkedFolder -Path $folder
    if ($link) {
        return New-FaultRecord -Code 'trace-path-not-local' -Message "'$link' is a link to another place, so the drive of '$Path' cannot be told." -Path $Path
    }
    $files = Get-TraceCompanion -Path $Path
    $old = @($files.Trace, $files.Cabinet, $files.Start, $files.Stop | Where-Object { [System.IO.File]::Exists($_) -or [System.IO.Directory]::Exists($_) })
    if ($old.Count -gt 0 -and -not $Force) {
        return New-FaultRecord -Code 'trace-file-exists' -Message "There already is '$($old[0])'." -Path $old[0]
    }
    $reason = Test-WritableFolder -Path $folder
    if ($reason) {
        return New-FaultRecord -Code 'trace-folder-not-writable' -Message "You cannot write to '$folder': $reason" -Path $folder
    }
    $need = 2MB * $MaxSizeMB
    if ($null -eq $drive.FreeBytes -or $drive.FreeBytes -lt $need) {
        $have = 'an unknown amount'
        if ($null -ne $drive.FreeBytes) { $have = "$([Math]::Floor($drive.FreeBytes / 1MB)) MB" }
        return New-FaultRecord -Code 'disk-full' -Message "The drive of '$Path' has $have free; a recording of $MaxSizeMB MB needs $($need / 1MB) MB." -Path $Path
    }
}
