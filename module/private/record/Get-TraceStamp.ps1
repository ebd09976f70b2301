# Knows how to see later which files of a recording have been written to.

function Get-TraceStamp {
    <#
    .SYNOPSIS
    Stamps (Get-FileStamp) by path, of the trace and of all that belongs to it.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $stamps = @{}
    $files = Get-TraceCompanion -Path $Path
    foreach ($file in $files.Trace, $files.Cabinet, $files.Start, $files.Stop) {
        $stamps[$file] = Get-FileStamp -Path $file
    }
    return $stamps
}
