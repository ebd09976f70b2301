# Knows what is left of a state: the file, and one that a process which died was about to put into its place.

function Remove-WatchState {
    <#
    .SYNOPSIS
    Forgets the watch. Gives a sentence for each file that stays.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $file = Get-WatchStatePath
    foreach ($path in $file, "$file.new") {
        try {
            if ([System.IO.File]::Exists($path)) { [System.IO.File]::Delete($path) }
        } catch {
            "'$path' could not be removed: $($_.Exception.GetBaseException().Message)"
        }
    }
}
