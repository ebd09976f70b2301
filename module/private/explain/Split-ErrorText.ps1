# Knows how much fits on a command line: 32,767 characters on Windows, of which the path of the engine and quotes take some.

function Split-ErrorText {
    <#
    .SYNOPSIS
    { Arguments, File, Head }: short texts one by one, else codes one by one and all else as one text for a file, with its beginning.
    .NOTES
    More than a few texts are lines of one log, where a message may go on in the next line.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Text)

    $room = 8000
    $mostTexts = 20
    $mostCodes = 100
    $codes = @()
    $rest = @($Text)
    if ($Text.Count -gt $mostTexts -or ($Text -join ' ').Length -gt $room) {
        $codes = @($Text | Where-Object { $_ -match '^\s*[-+]?(0x)?[0-9a-fA-F]{1,16}\s*$' } | Select-Object -Unique -First $mostCodes)
        $rest = @($Text | Where-Object { $codes -notcontains $_ })
    }
    $whole = $rest -join "`n"
    $head = $whole
    if ($head.Length -gt $room) { $head = $head.Substring(0, $room) }
    $file = $null
    $arguments = $rest
    if ($rest.Count -gt $mostTexts -or $whole.Length -gt $room) {
        $file = $whole
        $arguments = $codes
    }
    return New-Record -Value ([ordered]@{
            Arguments = @($arguments | ConvertTo-ErrorArgument)
            File      = $file
            Head      = $head
        })
}
