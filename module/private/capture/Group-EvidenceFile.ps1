# Knows which files belong to one machine: each capture (a .zip, or a capture.json with the files beside it) is a machine of
# its own; all other files of one folder are evidence of one machine, as people keep one folder a machine.

function Group-EvidenceFile {
    <#
    .SYNOPSIS
    One { Source, Files } for each machine. Source is the capture, the only file, or the folder of several.
    .PARAMETER Path
    Full paths of files. The same path twice counts once.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Path)

    $taken = @()
    foreach ($file in $Path) {
        if (Test-PathIn -Path $file -List $taken) {
            continue
        }
        $taken += $file
        $folder = Split-Path -Path $file -Parent
        $manifest = Join-Path -Path $folder -ChildPath 'capture.json'
        if ($file -like '*.zip' -or $file -eq $manifest) {
            New-Record -Value ([ordered]@{ Source = $file; Files = @($file) })
            continue
        }
        if (Test-PathIn -Path $manifest -List $Path) {
            Write-Verbose "$file belongs to the capture $manifest."
            continue
        }
        $files = @($Path | Where-Object {
                $_ -notlike '*.zip' -and -not (Test-PathIn -Path $_ -List $taken) -and
                (Test-PathIn -Path (Split-Path -Path $_ -Parent) -List $folder)
            } | Select-Object -Unique)
        $taken += $files
        $source = $folder
        if ($files.Count -eq 0) {
            $source = $file
        }
        New-Record -Value ([ordered]@{ Source = $source; Files = @($file) + $files })
    }
}
