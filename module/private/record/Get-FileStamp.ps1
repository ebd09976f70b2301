# Knows how to see later whether a file has been written to.

function Get-FileStamp {
    <#
    .SYNOPSIS
    A text that changes with the file; 'absent' where there is none.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $Path
    if (-not $file.Exists) {
        return 'absent'
    }
    return "$($file.Length) $($file.LastWriteTimeUtc.Ticks) $($file.CreationTimeUtc.Ticks)"
}
