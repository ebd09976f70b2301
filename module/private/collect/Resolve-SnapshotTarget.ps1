# Knows which file a user means by a path, a folder or nothing. With cmdlets alone, as it also runs in Constrained Language Mode.

function Resolve-SnapshotTarget {
    <#
    .SYNOPSIS
    { Path, Fault }: the full path of a .zip, or why there is none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [AllowEmptyString()] [string] $Path,
        [string] $ComputerName = $env:COMPUTERNAME
    )

    $name = "PORTS-$ComputerName-$((Get-Date).ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture)).zip"
    $folder = $Path
    if (-not $Path) {
        $folder = (Get-Location -PSProvider FileSystem).ProviderPath
    } elseif (-not (Test-Path -LiteralPath $Path -PathType Container)) {
        $folder = Split-Path -Path $Path -Parent
        $name = "$((Split-Path -Path $Path -Leaf) -replace '\.zip$').zip"
        if (-not $folder -and $Path -match '^[^:\\/]+:') {
            # The current folder of a drive.
            $folder = $Matches[0]
        } elseif (-not $folder) {
            $folder = (Get-Location -PSProvider FileSystem).ProviderPath
        }
    }
    $resolved = Resolve-Path -LiteralPath $folder -ErrorAction Ignore
    $target = New-Object -TypeName PSObject -Property ([ordered]@{ Path = $null; Fault = "There is no folder '$folder'." })
    if ($null -ne $resolved -and $resolved.Provider.Name -eq 'FileSystem') {
        $target.Path = Join-Path -Path $resolved.ProviderPath -ChildPath $name
        $target.Fault = $null
    }
    return $target
}
