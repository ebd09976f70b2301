# Knows which files of a folder are the history of a watch: by name and first line. Others of that name stay.

function Remove-WatchHistory {
    <#
    .SYNOPSIS
    Removes the history. Gives a sentence for each file that stays although it is ours.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Folder)

    foreach ($name in 'history.1.csv', 'history.csv') {
        $file = [System.IO.Path]::Combine($Folder, $name)
        try {
            if ([System.IO.File]::Exists($file)) {
                $null = Repair-HistoryFile -Path $file
                [System.IO.File]::Delete($file)
            }
        } catch {
            $cause = $_.Exception.GetBaseException()
            if ($cause -is [System.IO.InvalidDataException]) {
                Write-Verbose -Message $cause.Message
            } else {
                "'$file' could not be removed: $($cause.Message)"
            }
        }
    }
}
