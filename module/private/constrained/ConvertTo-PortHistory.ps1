# Knows what users are given of the lines of a history in Constrained Language Mode: rows of ConvertFrom-Csv, changed in place and by casts
# alone. Casts of texts are those of the invariant culture.

function ConvertTo-PortHistory {
    <#
    .SYNOPSIS
    The PortExhaustion.PortHistory of each line; nothing, with a warning, where a number or a time cannot be.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Line)

    if ($Line.Count -eq 0) {
        return
    }
    foreach ($row in ConvertFrom-Csv -InputObject $Line -Header (Get-HistoryColumn)) {
        try {
            $row.Time = ([datetime] $row.Time).ToUniversalTime()
            foreach ($name in 'Used', 'Capacity', 'TopProcessId', 'TopPorts') {
                if ($row.$name -eq '') { $row.$name = $null } else { $row.$name = [long] $row.$name }
            }
            if ($row.UsedPercent -eq '') { $row.UsedPercent = $null } else { $row.UsedPercent = [double] $row.UsedPercent }
            foreach ($name in 'Family', 'TopProcessName', 'Note') {
                if ($row.$name -eq '') { $row.$name = $null }
            }
            Add-Member -InputObject $row -TypeName 'PortExhaustion.PortHistory'
            $row
        } catch {
            Write-Warning -Message "A line of the history was passed over: $($_.Exception.Message)"
        }
    }
}
