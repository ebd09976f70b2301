# Knows how PowerShell paths (wildcards, drives, relative to the current location) become paths that the engine can open.

function Resolve-TraceFile {
    <#
    .SYNOPSIS
    One { Path, Fault } for each file that a path means; Fault is a record of kind 'error' where it means none.
    .NOTES
    Whether a file without wildcards exists is not asked here: the engine does, and then there is one wording for it.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Path,
        [switch] $Literal
    )

    $provider = $null
    $drive = $null
    $fault = $null
    $files = @()
    $hasWildcard = -not $Literal -and [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($Path)
    try {
        if ($hasWildcard) {
            $files = @($PSCmdlet.GetResolvedProviderPathFromPSPath($Path, [ref] $provider) |
                    Where-Object { -not [System.IO.Directory]::Exists($_) })
        } else {
            $files = @($PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive))
        }
    } catch {
        $fault = New-FaultRecord -Code 'path-not-found' -Message $_.Exception.GetBaseException().Message -Path $Path
    }
    if ($null -eq $fault -and $provider.Name -ne 'FileSystem') {
        $fault = New-FaultRecord -Code 'path-not-a-file' -Message "'$Path' is no path of a file." -Path $Path
    }
    if ($null -eq $fault -and $files.Count -eq 0) {
        $fault = New-FaultRecord -Code 'path-not-found' -Message "No file matches '$Path'." -Path $Path
    }
    if ($null -ne $fault) {
        return [pscustomobject]@{ Path = $Path; Fault = $fault }
    }
    foreach ($file in $files) {
        [pscustomobject]@{ Path = $file; Fault = $null }
    }
}
