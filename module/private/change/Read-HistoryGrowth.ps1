# Knows the engine's command for a watch's history: portexhaustion-engine growth FILE...; history.1.csv is the older part of the history
# whose newer part is history.csv beside it, so whoever names the newer part means both.

function Read-HistoryGrowth {
    <#
    .SYNOPSIS
    The PortExhaustion.PortGrowth of each pool of each history that a path means: a history.csv, or the folder that holds one.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [string] $Path
    )

    $folders = [ordered]@{}
    foreach ($found in @(Find-HistoryFile -Path $Path)) {
        if ($null -ne $found.Fault) {
            Write-Fault -Cmdlet $Cmdlet -Fault $found.Fault -Target $found.Path
            continue
        }
        $folder = Split-Path -Path $found.Path -Parent
        $older = Join-Path -Path $folder -ChildPath 'history.1.csv'
        $files = @($found.Path)
        if ((Split-Path -Path $found.Path -Leaf) -eq 'history.csv' -and (Test-Path -LiteralPath $older -PathType Leaf)) {
            $files = @($older) + $files
        }
        $folders[$folder] = @(@($folders[$folder]) + $files | Where-Object { $_ } | Select-Object -Unique)
    }
    foreach ($folder in @($folders.Keys)) {
        $arguments = @('growth') + $folders[$folder]
        Invoke-Engine -Engine $Engine -ArgumentList $arguments | Receive-ChangeRecord -Cmdlet $Cmdlet -Target $folder
    }
}
