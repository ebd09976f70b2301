# Knows how samples of this machine are taken one after the other. A sample that fails is told and passed over, as the others say enough.

function Save-ChurnSeries {
    <#
    .SYNOPSIS
    { Files, Problem, Parts }: the captures in a folder, in their order, why the last one that failed did, or $null, and what was read.
    .PARAMETER Handle
    Handles of all processes are read in each sample, whatever the tables show.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [int] $IntervalSeconds,
        [switch] $Handle
    )

    $series = New-Record -Value ([ordered]@{ Files = @(); Problem = $null; Parts = @(Get-ChurnPart -Handle:$Handle) })
    Invoke-ChurnRound -Count $Count -IntervalSeconds $IntervalSeconds -Take {
        param($Number)
        $path = Join-Path -Path $Folder -ChildPath "$(Get-SampleName -Number $Number).zip"
        try {
            $capture = Save-PortCapture -Path $path -Part $series.Parts
            if ($series.Files.Count -eq 0 -and $series.Parts -notcontains 'Handles' -and (Test-HandleNeed -Artifact $capture.Artifacts)) {
                # The first one, too, is to see what the others will.
                Remove-Item -LiteralPath $capture.Path -Force -WhatIf:$false -Confirm:$false
                $series.Parts = @(Get-ChurnPart -Handle)
                $capture = Save-PortCapture -Path $path -Part $series.Parts
            }
            $series.Files += $capture.Path
        } catch {
            $series.Problem = $_.Exception.GetBaseException().Message
            Write-Warning -Message "Sample $Number of $Count could not be taken: $($series.Problem)"
        }
    }
    return $series
}
