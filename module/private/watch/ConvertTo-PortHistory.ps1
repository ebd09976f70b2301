# Knows what users are given of the lines of a history. All lines at once, no function for each and no object between, since a full
# history has 80,000 of them (docs/performance.md). Casts of texts are those of the invariant culture. Constrained Language Mode makes
# objects in another way (module/private/constrained/ConvertTo-PortHistory.ps1).

function ConvertTo-PortHistory {
    <#
    .SYNOPSIS
    The PortExhaustion.PortHistory of each line; nothing, with a warning, where a number or a time cannot be.
    .PARAMETER Line
    What Read-HistoryFile gave: each has its 11 texts in quotes.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Line)

    $columns = Get-HistoryColumn
    $styles = [System.Globalization.DateTimeStyles] 'AssumeUniversal, AdjustToUniversal'
    $culture = [cultureinfo]::InvariantCulture
    foreach ($one in $Line) {
        # With 22 quotes there is none within a text, and the texts are each second part.
        $part = $one.Split([char] 34)
        if ($part.Length -ne 23) {
            $row = ConvertFrom-Csv -InputObject $one -Header $columns
            $part = @(foreach ($name in $columns) { ''; $row.$name })
        }
        try {
            [pscustomobject] @{
                PSTypeName     = 'PortExhaustion.PortHistory'
                Time           = [datetime]::ParseExact($part[1], "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", $culture, $styles)
                Protocol       = $part[3]
                Family         = if ($part[5]) { $part[5] } else { $null }
                Used           = if ($part[7]) { [long] $part[7] } else { $null }
                Capacity       = if ($part[9]) { [long] $part[9] } else { $null }
                UsedPercent    = if ($part[11]) { [double] $part[11] } else { $null }
                Level          = $part[13]
                TopProcessId   = if ($part[15]) { [long] $part[15] } else { $null }
                TopProcessName = if ($part[17]) { $part[17] } else { $null }
                TopPorts       = if ($part[19]) { [long] $part[19] } else { $null }
                Note           = if ($part[21]) { $part[21] } else { $null }
            }
        } catch {
            Write-Warning -Message "A line of the history was passed over: $($_.Exception.GetBaseException().Message)"
        }
    }
}
