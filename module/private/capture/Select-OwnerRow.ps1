# Knows how the owners of ports and of AFD handles are chosen by the parameters of Get-PortOwner and Get-AfdHandleOwner.

function Select-OwnerRow {
    <#
    .SYNOPSIS
    The rows of one machine that the bound parameters ask for, largest first.
    .NOTES
    A process is also found where it only holds what another one opened: that is the one to end.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Row,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory = $true)] [ValidateSet('ports', 'handles')] [string] $Measure
    )

    $chosen = $Row
    if ($Bound.Keys -contains 'Protocol') {
        $chosen = @($chosen | Where-Object { $_.protocol -eq $Bound['Protocol'] })
    }
    if ($Bound.Keys -contains 'MinimumCount') {
        $chosen = @($chosen | Where-Object { $_.handles -ge $Bound['MinimumCount'] })
    }
    if ($Bound.Keys -contains 'ProcessId' -or $Bound.Keys -contains 'Name') {
        $chosen = @($chosen | Where-Object { Test-OwnerRow -Row $_ -ProcessId $Bound['ProcessId'] -Name $Bound['Name'] })
    }
    # By two keys, as Sort-Object of Windows PowerShell does not keep the order of equals.
    $chosen = @($chosen | Sort-Object -Property @{ Expression = $Measure; Descending = $true }, processId)
    if ($Bound.Keys -contains 'Top' -and $Bound['Top'] -lt $chosen.Count) {
        # Not by Select-Object, which puts a type name of its own in front of theirs.
        return $chosen[0..($Bound['Top'] - 1)]
    }
    return $chosen
}
