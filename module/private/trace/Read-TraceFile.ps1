# Knows the engine's command for one trace: portexhaustion-engine trace FILE [--since T] [--until T] [--failures]
# [--capture SNAPSHOT]...

function Read-TraceFile {
    <#
    .SYNOPSIS
    Reads one trace for a cmdlet: its results go down the pipeline, the rest to the streams of that cmdlet.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Option,
        # Snapshots to read beside it; without, those of its recording are looked for.
        [AllowNull()] [string[]] $Snapshot,
        [switch] $Failure
    )

    $snapshots = @($Snapshot)
    if ($null -eq $Snapshot) {
        $snapshots = @(Get-TraceSnapshotPath -Path $Path)
    }
    $arguments = @('trace', $Path) + $Option
    foreach ($one in $snapshots) {
        $arguments += '--capture', $one
    }
    try {
        Invoke-Engine -Engine $Engine -ArgumentList $arguments |
            Receive-TraceRecord -Cmdlet $Cmdlet -Path $Path -Failure:$Failure
    } finally {
        Write-TraceProgress -FileName (Split-Path -Path $Path -Leaf)
    }
}
