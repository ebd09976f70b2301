# Knows which file a user means by a path, a folder or nothing. Without a path, one in a folder that only administrators can read, as a
# recording names programs and addresses.

function Resolve-TraceTarget {
    <#
    .SYNOPSIS
    { Path, Fault }: the full path of an .etl, or why there is none. Touches nothing.
    .NOTES
    On a computer that is no Windows the path is one of another computer, and taken as it stands.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowEmptyString()] [string] $Path
    )

    $target = New-Record -Value ([ordered]@{ Path = $null; Fault = $null })
    $name = 'PORTS-{0}-{1}.etl' -f [System.Environment]::MachineName, (Get-Date).ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture)
    $isHere = $null -eq (Test-PortCollector)
    if (-not $Path) {
        $folder = 'C:\ProgramData\PortExhaustion\Traces'
        if ($isHere) { $folder = [System.IO.Path]::Combine((Get-DataFolder), 'Traces') }
        $target.Path = "$folder$(if ($isHere) { [System.IO.Path]::DirectorySeparatorChar } else { '\' })$name"
        return $target
    }
    $full = $Path
    if ($isHere) {
        try {
            $provider = $null
            $drive = $null
            $full = $Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive)
            if ($provider.Name -ne 'FileSystem') { throw "it is a path of $($provider.Name)" }
            # Without .. and short names such as ADMINI~1: Windows names the file of a session by its full path.
            $full = [System.IO.Path]::GetFullPath($full)
        } catch {
            $target.Fault = New-FaultRecord -Code 'trace-path-invalid' -Message "'$Path' is no path for a trace: $($_.Exception.GetBaseException().Message)" -Path $Path
            return $target
        }
    }
    if (($isHere -and [System.IO.Directory]::Exists($full)) -or $full -match '[\\/]$') {
        $separator = '\'
        if ($full -match '/') { $separator = '/' }
        $full = $full.TrimEnd('\', '/') + $separator + $name
    } elseif ($full -notmatch '\.etl$') {
        $full = "$full.etl"
    }
    $target.Path = $full
    return $target
}
