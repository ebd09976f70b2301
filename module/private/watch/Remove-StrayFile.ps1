# Knows what stays in the data folder when a process is ended in the middle: the capture of a sample that the engine was to read, the XML
# of a task that schtasks was to read. Recordings make such files too, so what may still be in use is left alone.

function Remove-StrayFile {
    <#
    .SYNOPSIS
    Removes what is left of such processes. Gives a sentence for each that stays.
    .PARAMETER All
    Also files that are not old yet: nobody else is at work.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([switch] $All)

    $folder = Get-DataFolder
    if (-not [System.IO.Directory]::Exists($folder)) {
        return
    }
    $limit = (Get-WatchConstant).StepMinutes
    foreach ($file in [System.IO.Directory]::GetFiles($folder)) {
        if ([System.IO.Path]::GetFileName($file) -notmatch '^(sample-[0-9a-f]{32}\.zip|task-[0-9a-f]{32}\.xml)$') { continue }
        # On both sides, as the clock may have been set back meanwhile.
        $age = [Math]::Abs(((Get-WatchTime) - [System.IO.File]::GetLastWriteTimeUtc($file)).TotalMinutes)
        if (-not $All -and $age -le $limit) { continue }
        try {
            [System.IO.File]::Delete($file)
        } catch {
            "'$file' could not be removed: $($_.Exception.GetBaseException().Message)"
        }
    }
}
