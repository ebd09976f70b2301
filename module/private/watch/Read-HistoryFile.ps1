# Knows which lines of a file are rows of a history, by cmdlets and operators alone, as it also must in Constrained Language Mode: line by
# line, since a line that a crash has cut off within quotes would take the next ones with it. Operators on all lines at once, as a full
# history has 80,000.

function Read-HistoryFile {
    <#
    .SYNOPSIS
    The lines of a history that are whole, in their order; each begins with its time. Says in a warning how many are not.
    .NOTES
    Throws where the file is no history.
    #>
    [CmdletBinding()]
    [OutputType([string])]
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
    $rest = @()
    if ($lines.Count -gt 1) { $rest = @($lines[1..($lines.Count - 1)]) }
    # This form of a quoted text does not make the regular expression go back.
    $text = '"[^"]*(?:""[^"]*)*"'
    $number = '"(?:\d+(?:\.\d+)?)?"'
    $whole = '"\d*"'
    $shape = '^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z",' + "$text,$text,$whole,$whole,$number,$text,$whole,$text,$whole,$text`$"
    $lost = @(@($rest -notmatch $shape) -ne '').Count + [int] ($first -ne $header)
    if ($lost -gt 0) {
        Write-Warning -Message "$lost line(s) of '$Path' cannot be read and were passed over: they were cut off or changed."
    }
    $good = @($rest -match $shape)
    if ($null -ne $Since) {
        # Times in UTC sort as texts.
        $from = ([datetime] $Since).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", [cultureinfo]::InvariantCulture)
        $good = @(foreach ($line in $good) { if ($line.Substring(1, 28) -ge $from) { $line } })
    }
    return $good
}
