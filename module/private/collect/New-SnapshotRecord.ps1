# Knows what New-PortSnapshot gives: plain values, so that they survive a remote session.

function New-SnapshotRecord {
    <#
    .SYNOPSIS
    The PortExhaustion.PortSnapshot of what Save-PortCapture gave.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $files = $Capture.Path
    if ($Capture.Format -eq 'folder') { $files = Split-Path -Path $Capture.Path -Parent }
    $coverage = [ordered]@{}
    foreach ($status in 'read', 'partial', 'refused', 'failed', 'absent') {
        $coverage[$status] = @($Capture.Artifacts | Where-Object { $_.status -eq $status }).Count
    }
    $record = New-Object -TypeName PSObject -Property ([ordered]@{
            Path         = $Capture.Path
            ComputerName = $Capture.Machine.name
            Time         = ([datetime] $Capture.Machine.time).ToUniversalTime()
            Format       = $Capture.Format
            SizeBytes    = [long] (Get-ChildItem -LiteralPath $files | Measure-Object -Property Length -Sum).Sum
            Artifacts    = $Capture.Artifacts
            Coverage     = New-Object -TypeName PSObject -Property $coverage
        })
    return Add-Member -InputObject $record -TypeName 'PortExhaustion.PortSnapshot' -PassThru
}
