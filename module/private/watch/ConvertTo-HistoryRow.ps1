# Knows what is kept of a light sample: a row for each pool, numbers without the signs of any culture.

function ConvertTo-HistoryRow {
    <#
    .SYNOPSIS
    The rows of a sample, as objects with the columns of Get-HistoryColumn.
    .PARAMETER Note
    What happened at that time. It stands in each row.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Sample,
        [Parameter(Mandatory = $true)] [datetime] $Time,
        [AllowEmptyString()] [string] $Note
    )

    $top = $Sample.TopOwner
    if ($null -eq $top) { $top = @{ processId = $null; processName = $null; ports = $null } }
    foreach ($pool in @($Sample.Pools)) {
        New-Record -Value ([ordered]@{
                Time           = ConvertTo-EngineTime -Time $Time
                Protocol       = ConvertTo-HistoryText -Text $pool.protocol
                Family         = ConvertTo-HistoryText -Text $pool.family
                Used           = [System.Convert]::ToString($pool.used, [cultureinfo]::InvariantCulture)
                Capacity       = [System.Convert]::ToString($pool.capacity, [cultureinfo]::InvariantCulture)
                UsedPercent    = [System.Convert]::ToString($pool.usedPercent, [cultureinfo]::InvariantCulture)
                Level          = ConvertTo-HistoryText -Text $pool.level
                TopProcessId   = [System.Convert]::ToString($top.processId, [cultureinfo]::InvariantCulture)
                TopProcessName = ConvertTo-HistoryText -Text $top.processName
                TopPorts       = [System.Convert]::ToString($top.ports, [cultureinfo]::InvariantCulture)
                Note           = ConvertTo-HistoryText -Text $Note
            })
    }
}
