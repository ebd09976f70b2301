# Knows what a text of others, such as the name of a process, must not do in a history: break its line, or become a formula where
# somebody opens the file, or what Export-Csv makes of it, in a spreadsheet. Whoever may start programs may name them.

function ConvertTo-HistoryText {
    <#
    .SYNOPSIS
    The text without control characters; with an apostrophe before a first character = + - or @, which spreadsheets take for a formula.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([AllowNull()] [AllowEmptyString()] [string] $Text)

    return ($Text -replace '[\p{Cc}\u2028\u2029]', ' ' -replace '^(?=\s*[=+\-@])', "'")
}
