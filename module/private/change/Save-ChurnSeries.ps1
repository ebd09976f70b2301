# Knows how samples of this machine are taken one after the other. A sample that fails is told and passed over, as the others say enough.

function Save-ChurnSeries {
    <#
    .SYNOPSIS
    { Files, Problem }: the captures in a folder, in their order, and why the last one that failed did, or $null.
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

    $series = New-Record -Value ([ordered]@{ Files = @(); Problem = $null })
    $parts = Get-ChurnPart
    $isDecided = [bool] $Handle
    if ($Handle) { $parts = Get-ChurnPart -Artifact @() }
    for ($number = 1; $number -le $Count; $number++) {
        Write-ChurnProgress -Number $number -Count $Count
        $path = Join-Path -Path $Folder -ChildPath "$(Get-SampleName -Number $number).zip"
        try {
            $capture = Save-PortCapture -Path $path -Part $parts
            if (-not $isDecided) {
                $isDecided = $true
                $needed = Get-ChurnPart -Artifact $capture.Artifacts
                if ($needed -contains 'Handles') {
                    # The first one, too, is to see what the others will.
                    Remove-Item -LiteralPath $capture.Path -Force -WhatIf:$false -Confirm:$false
                    $parts = $needed
                    $capture = Save-PortCapture -Path $path -Part $parts
                }
            }
            $series.Files += $capture.Path
        } catch {
            $series.Problem = $_.Exception.GetBaseException().Message
            Write-Warning -Message "Sample $number of $Count could not be taken: $($series.Problem)"
        }
        if ($number -lt $Count) { Wait-ChurnInterval -Number $number -Count $Count -Seconds $IntervalSeconds }
    }
    return $series
}
