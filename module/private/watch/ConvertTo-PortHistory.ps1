# Knows what users are given of a row of the history. Changed in place and by casts alone, which also Constrained Language Mode allows;
# casts of texts are those of the invariant culture.

function ConvertTo-PortHistory {
    <#
    .SYNOPSIS
    The PortExhaustion.PortHistory of a row; nothing, with a warning, where a number or a time cannot be.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $Row)

    try {
        $Row.Time = ([datetime] $Row.Time).ToUniversalTime()
        foreach ($name in 'Used', 'Capacity', 'TopProcessId', 'TopPorts') {
            if ($Row.$name -eq '') { $Row.$name = $null } else { $Row.$name = [long] $Row.$name }
        }
        if ($Row.UsedPercent -eq '') { $Row.UsedPercent = $null } else { $Row.UsedPercent = [double] $Row.UsedPercent }
        foreach ($name in 'Family', 'TopProcessName', 'Note') {
            if ($Row.$name -eq '') { $Row.$name = $null }
        }
    } catch {
        Write-Warning -Message "A line of the history was passed over: $($_.Exception.Message)"
        return
    }
    Add-Member -InputObject $Row -TypeName 'PortExhaustion.PortHistory'
    return $Row
}
