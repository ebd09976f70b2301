# Knows what is left of a state: the file, and one that a process which died was about to put into its place.

function Remove-TraceState {
    <#
    .SYNOPSIS
    Forgets the recording. Where there is none, nothing happens.
    #>
    [CmdletBinding()]
    param()

    $file = Get-TraceStatePath
    foreach ($path in $file, "$file.new") {
        if ([System.IO.File]::Exists($path)) { [System.IO.File]::Delete($path) }
    }
}
