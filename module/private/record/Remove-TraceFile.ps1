# Knows that a file which cannot be removed must not keep the others.

function Remove-TraceFile {
    <#
    .SYNOPSIS
    Removes a recording with all that belongs to it. Gives the paths of what is left.
    .PARAMETER Unless
    What Get-TraceStamp gave: files that are as they were then stay.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [hashtable] $Unless = @{}
    )

    $files = Get-TraceCompanion -Path $Path
    foreach ($file in $files.Trace, $files.Cabinet, $files.Start, $files.Stop) {
        if ((Get-FileStamp -Path $file) -eq $Unless[$file]) { continue }
        try {
            if ([System.IO.File]::Exists($file)) { [System.IO.File]::Delete($file) }
        } catch {
            Write-Verbose "$file stays: $($_.Exception.GetBaseException().Message)"
            $file
        }
    }
}
