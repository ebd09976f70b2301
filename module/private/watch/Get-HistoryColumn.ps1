# Knows the columns of history.csv, in their order. Names are those of the objects of Get-PortHistory; CSV knows no case.

function Get-HistoryColumn {
    <#
    .SYNOPSIS
    Names of the columns.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return 'Time', 'Protocol', 'Family', 'Used', 'Capacity', 'UsedPercent', 'Level', 'TopProcessId', 'TopProcessName', 'TopPorts', 'Note'
}
