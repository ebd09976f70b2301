# Knows how full the pools are at the least cost: tables and ranges, no handles, judged by the engine. The capture is gone afterwards.

function Get-LightSample {
    <#
    .SYNOPSIS
    { Pools, TopOwner, Problem }: pools as { protocol, family, used, capacity, usedPercent, level }, the process with most ports as
    { processId, processName, ports } or $null, and why there are no pools, or $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $sample = New-Record -Value ([ordered]@{ Pools = @(); TopOwner = $null; Problem = $null })
    $engine = Get-EngineCommand
    $fault = Get-EngineFault -Engine $engine
    if ($null -ne $fault) {
        $sample.Problem = $fault.message
        return $sample
    }
    $file = [System.IO.Path]::Combine((Get-DataFolder), "sample-$([guid]::NewGuid().ToString('n')).zip")
    try {
        $saved = Save-PortCapture -Path $file -Part Tables, Settings
        foreach ($record in Invoke-Engine -Engine $engine -ArgumentList 'capture', $saved.Path) {
            if ($record.kind -eq 'error') { $sample.Problem = $record.message }
            if ($record.kind -eq 'capture-report') {
                $sample.Pools = @($record.pools | Select-Object -Property protocol, family, used, capacity, usedPercent, level)
            }
            if ($record.kind -eq 'rows' -and $record.of -eq 'port-owner') {
                $most = @(@($sample.TopOwner) + @($record.rows) | Where-Object { $null -ne $_ } | Sort-Object -Property ports -Descending)
                if ($most.Count -gt 0) { $sample.TopOwner = $most[0] | Select-Object -Property processId, processName, ports }
            }
        }
        if ($sample.Pools.Count -eq 0 -and $null -eq $sample.Problem) { $sample.Problem = 'The port tables of this machine could not be read.' }
    } catch {
        $sample.Problem = $_.Exception.GetBaseException().Message
    } finally {
        [System.IO.File]::Delete($file)
    }
    return $sample
}
