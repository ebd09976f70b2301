# Knows the first line of history.csv, by which a file is recognised as one.

function Get-HistoryHeader {
    <#
    .SYNOPSIS
    The line, without its end.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return '"{0}"' -f ((Get-HistoryColumn) -join '","')
}
