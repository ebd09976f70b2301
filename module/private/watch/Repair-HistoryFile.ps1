# Knows what a crash, a full disk or a power cut leaves of a history: a line without its end, not even the whole first line, or zeros
# where NTFS had noted the size of a file and not yet written what is in it.

function Repair-HistoryFile {
    <#
    .SYNOPSIS
    Makes a history ready for a new line and gives its size; 0 where it has to begin anew. Throws where the file is something else.
    #>
    [CmdletBinding()]
    [OutputType([long])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    if (-not [System.IO.File]::Exists($Path)) {
        return 0L
    }
    $header = Get-HistoryHeader
    $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $Path, 'Open', 'ReadWrite', 'Read'
    try {
        # 3 bytes of the mark, and the end of the line.
        $head = New-Object -TypeName byte[] -ArgumentList ($header.Length + 5)
        $text = [System.Text.Encoding]::UTF8.GetString($head, 0, $stream.Read($head, 0, $head.Length)).TrimStart([char] 0xFEFF)
        if ($stream.Length -gt $head.Length -and $text.Trim([char] 0).Length -eq 0) {
            # Once for all: the zeros become the rest of a first line that is whole, and one line that is none.
            $start = [System.Text.Encoding]::UTF8.GetPreamble() + [System.Text.Encoding]::UTF8.GetBytes("$header`r`n")
            $stream.Position = 0
            $stream.Write($start, 0, $start.Length)
        } elseif (-not $text.StartsWith($header, [System.StringComparison]::OrdinalIgnoreCase)) {
            if ($stream.Length -le $head.Length -and $header.StartsWith($text.Trim([char] 0, [char] 13, [char] 10, [char] 0xFFFD))) {
                $stream.SetLength(0)
                return 0L
            }
            throw (New-Object -TypeName System.IO.InvalidDataException -ArgumentList "'$Path' is no history of this module and was left alone.")
        }
        $null = $stream.Seek(-1, 'End')
        if ($stream.ReadByte() -ne 10) {
            $stream.Write([byte[]] (13, 10), 0, 2)
        }
        return $stream.Length
    } finally {
        $stream.Dispose()
    }
}
