# Knows what is lost without elevation, and that one line is enough to say so.

function Write-SnapshotShortfall {
    <#
    .SYNOPSIS
    One warning where a session that is not elevated could not read everything.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    if ($Capture.Machine.elevated -ne $false) {
        return
    }
    $short = @($Capture.Artifacts | Where-Object { $_.status -eq 'refused' -or ($_.status -eq 'partial' -and $_.name -eq 'afd-handles') })
    if ($short.Count -gt 0) {
        Write-Warning "Not run as administrator, so not all could be read: $(($short | ForEach-Object { "$($_.name) ($($_.reason))" }) -join '; ')."
    }
}
