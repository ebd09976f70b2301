# Knows what a sample leaves in the data folder when its process is ended in the middle: the capture that the engine was to read. The step
# of a recording takes samples too, so what may still be in use is left alone.

function Remove-SampleFile {
    <#
    .SYNOPSIS
    Removes captures of samples that were never finished. Gives a sentence for each that stays.
    .PARAMETER All
    Also those that are not old yet: nobody is sampling.
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
        if ([System.IO.Path]::GetFileName($file) -notmatch '^sample-[0-9a-f]{32}\.zip$') { continue }
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
