# Knows how a history grows: by whole lines in one write, up to its size; then it becomes history.1.csv, and the older one of that name
# goes. So both together hold 8 MB at most, at 5 minutes and two pools about half a year.

function Add-HistoryRow {
    <#
    .SYNOPSIS
    Appends rows to the history in a folder. Throws where that does not work.
    .PARAMETER MostBytes
    Size that a file does not exceed.
    .NOTES
    A line that a crash has cut off is closed first, so that it costs itself only. UTF-8 with a byte order mark: spreadsheets of people
    take the file for the code page of their country otherwise.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [psobject[]] $Row,
        [long] $MostBytes = 4MB
    )

    if ($Row.Count -eq 0) {
        return
    }
    $file = [System.IO.Path]::Combine($Folder, 'history.csv')
    $text = (@($Row | ConvertTo-Csv -NoTypeInformation | Select-Object -Skip 1) -join "`r`n") + "`r`n"
    try {
        $size = Repair-HistoryFile -Path $file
        $length = [System.Text.Encoding]::UTF8.GetByteCount($text)
        if ($size -gt 0 -and $size + $length -gt $MostBytes) {
            $older = [System.IO.Path]::Combine($Folder, 'history.1.csv')
            # Throws where that is a file of somebody else.
            $null = Repair-HistoryFile -Path $older
            Move-HistoryFile -Path $file -Destination $older
            $size = 0
        }
        if ($size -eq 0) { $text = "$(Get-HistoryHeader)`r`n$text" }
        [System.IO.File]::AppendAllText($file, $text, [System.Text.Encoding]::UTF8)
    } catch [System.Management.Automation.MethodInvocationException] {
        # What is for people: "There is not enough space on the disk", not which method of .NET was called.
        throw $_.Exception.GetBaseException()
    }
}
