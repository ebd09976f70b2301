# Knows the order of a history: by time, protocol and family, with which each line begins. Lines mostly are in order already; a clock that
# was set back, or files of several machines, change that. Lines, as sorting and leaving out objects costs many times more.

function Select-HistoryLine {
    <#
    .SYNOPSIS
    The lines in order; with -Last the newest only.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Line,
        [AllowNull()] [object] $Last
    )

    $isOrdered = $true
    $before = ''
    foreach ($one in $Line) {
        $time = $one.Substring(1, 28)
        if ($time -lt $before) {
            $isOrdered = $false
            break
        }
        $before = $time
    }
    $sorted = $Line
    if (-not $isOrdered) { $sorted = @($Line | Sort-Object) }
    if ($null -ne $Last -and $sorted.Count -gt $Last) {
        $sorted = $sorted[($sorted.Count - $Last)..($sorted.Count - 1)]
    }
    return $sorted
}
