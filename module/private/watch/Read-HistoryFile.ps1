# Knows how a history is read back, by cmdlets alone, as it also must in Constrained Language Mode: line by line, since a line that a
# crash has cut off within quotes would take the next ones with it.

function Read-HistoryFile {
    <#
    .SYNOPSIS
    The objects of a history, one a row. A line that is none is passed over with a warning.
    .NOTES
    Throws where the file is no history.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [AllowNull()] [object] $Since
    )

    $header = Get-HistoryHeader
    $lines = @(Get-Content -LiteralPath $Path -Encoding UTF8 -ReadCount 0 -ErrorAction Stop | ForEach-Object { $_ })
    $first = ''
    # A first line that was cut off may end within the byte order mark, or in bytes of 0.
    if ($lines.Count -gt 0) { $first = $lines[0] -replace '[\0\uFFFD\uFEFF]' }
    if ($first -ne $header -and -not ($lines.Count -le 1 -and $header -like "$first*" -and $first -notmatch '[*?\[]')) {
        throw "'$Path' is no history of this module: its first line is another one."
    }
    $text = '"(?:[^"]|"")*"'
    $number = '"(?:\d+(?:\.\d+)?)?"'
    $whole = '"\d*"'
    $shape = '^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z",' + "$text,$text,$whole,$whole,$number,$text,$whole,$text,$whole,$text`$"
    # Times in UTC sort as texts.
    $from = ''
    if ($null -ne $Since) { $from = ([datetime] $Since).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", [cultureinfo]::InvariantCulture) }
    $lost = 0
    if ($first -ne $header) { $lost = 1 }
    # Loops and no pipelines: a full history has 80,000 rows.
    $good = @(foreach ($line in @($lines | Select-Object -Skip 1)) {
            if ($line -notmatch $shape) {
                if ($line) { $lost++ }
            } elseif ($line.Substring(1, 28) -ge $from) {
                $line
            }
        })
    if ($lost -gt 0) {
        Write-Warning -Message "$lost line(s) of '$Path' cannot be read and were passed over: they were cut off or changed."
    }
    foreach ($row in @($good | ConvertFrom-Csv -Header (Get-HistoryColumn))) {
        ConvertTo-PortHistory -Row $row
    }
}
