# Knows how samples of other computers are taken one after the other, of all of them at a time. A computer that gives no sample once may give
# the next.

function Save-RemoteChurnSeries {
    <#
    .SYNOPSIS
    { ComputerName, Folder, Files, Problem } for each computer that was asked: its captures in a folder of its own, in their order, and why
    the last one that is missing is, or $null.
    .PARAMETER Target
    Parameters of Invoke-Command that say where.
    .PARAMETER Folder
    A private folder, for one folder a computer.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Target,
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [int] $IntervalSeconds,
        [switch] $Handle
    )

    $text = Get-CollectorText
    $arguments = $text.Functions, $text.Native, @{ Part = @(Get-ChurnPart -Handle:$Handle) }
    $computers = [ordered]@{}
    Invoke-ChurnRound -Count $Count -IntervalSeconds $IntervalSeconds -Take {
        param($Number)
        Invoke-RemoteCollector -Target $Target -ArgumentList $arguments | ForEach-Object {
            $name = [string] $_.ComputerName
            if (-not $computers.Contains($name)) {
                # By number, as the name of a computer may be none of a folder (::1).
                $own = (New-Item -Path (Join-Path -Path $Folder -ChildPath $computers.Count) -ItemType Directory -WhatIf:$false -Confirm:$false).FullName
                $computers[$name] = New-Record -Value ([ordered]@{ ComputerName = $name; Folder = $own; Files = @(); Problem = $null })
            }
            $series = $computers[$name]
            if ($_.Fault) {
                $series.Problem = $_.Fault
                Write-Warning -Message "Sample $Number of $Count of $name could not be taken: $($_.Fault)"
            } else {
                $path = Join-Path -Path $series.Folder -ChildPath "$(Get-SampleName -Number $Number).zip"
                [System.IO.File]::WriteAllBytes($path, $_.Bytes)
                $series.Files += $path
            }
        }
    }
    return @($computers.Values)
}
