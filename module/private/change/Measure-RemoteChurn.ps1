# Knows that captures which came from other computers are as secret here as they were there.

function Measure-RemoteChurn {
    <#
    .SYNOPSIS
    The PortExhaustion.Comparison of samples of each of the computers or sessions; one error for each that gave fewer than two.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [int] $IntervalSeconds,
        [switch] $Handle
    )

    $fault = Get-RemoteFault
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $Cmdlet -Fault $fault -Terminating
    }
    $target = Get-RemoteTarget -Bound $Bound
    $folder = $null
    try {
        $folder = New-PrivateFolder
        $all = @(Save-RemoteChurnSeries -Target $target -Folder $folder -Count $Count -IntervalSeconds $IntervalSeconds -Handle:$Handle)
        Write-ChurnProgress
        foreach ($series in $all) {
            if ($series.Files.Count -lt 2) {
                $message = "$($series.ComputerName) could not be read twice: $($series.Problem)"
                Write-Fault -Cmdlet $Cmdlet -Fault (New-FaultRecord -Code 'remote-failed' -Message $message) -Target $series.ComputerName
            } else {
                Compare-CaptureFile -Cmdlet $Cmdlet -Engine $Engine -File $series.Files -Folder $series.Folder
            }
        }
    } finally {
        if ($folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false
        }
        Write-ChurnProgress
    }
}
