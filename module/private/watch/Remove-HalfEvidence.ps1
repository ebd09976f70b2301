# Knows the snapshots that a process did not finish, as it was ended. Whoever looks for them holds the lock of the watch, so nobody is at one.

function Remove-HalfEvidence {
    <#
    .SYNOPSIS
    Removes them from the folder of a watch. Gives a sentence for each that stays.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Folder)

    $evidence = [System.IO.Path]::Combine($Folder, 'Evidence')
    if (-not [System.IO.Directory]::Exists($evidence)) {
        return
    }
    foreach ($file in [System.IO.Directory]::GetFiles($evidence)) {
        if ([System.IO.Path]::GetFileName($file) -match '^half-WATCH-\d{8}-\d{6}\.zip$') { Remove-WatchEvidence -Path $file }
    }
}
