# Knows how PowerShell paths (wildcards, drives, relative to the current location) become paths that the engine can open.

function Resolve-InputPath {
    <#
    .SYNOPSIS
    One { Path, Fault } for each file (or folder) that a path means; Fault is a record of kind 'error' where it means none.
    .PARAMETER Folder
    Folders count as what is asked for; else those that a wildcard matches are passed over.
    .NOTES
    Whether a file without wildcards exists is not asked here: the engine does, and then there is one wording for it.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Path,
        [switch] $Literal,
        [switch] $Folder
    )

    $provider = $null
    $drive = $null
    $driveName = $null
    $paths = $PSCmdlet.SessionState.Path
    # Asked beforehand, as an exception about a missing drive would stay in the caller's -ErrorVariable although caught.
    $hasDrive = -not $paths.IsProviderQualified($Path) -and $paths.IsPSAbsolute($Path, [ref] $driveName)
    if ($hasDrive -and -not (Get-PSDrive -Name $driveName -ErrorAction Ignore)) {
        return New-InputTarget -Path $Path -Code 'path-not-found' -Message "There is no drive '$driveName' for '$Path'."
    }
    try {
        if (-not $Literal -and [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($Path)) {
            $files = @($PSCmdlet.GetResolvedProviderPathFromPSPath($Path, [ref] $provider) |
                    Where-Object { $Folder -or -not [System.IO.Directory]::Exists($_) })
        } else {
            $files = @($paths.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive))
        }
    } catch {
        return New-InputTarget -Path $Path -Code 'path-not-found' -Message $_.Exception.GetBaseException().Message
    }
    if ($provider.Name -ne 'FileSystem') {
        return New-InputTarget -Path $Path -Code 'path-not-a-file' -Message "'$Path' is no path of a file."
    }
    if ($files.Count -eq 0) {
        return New-InputTarget -Path $Path -Code 'path-not-found' -Message "No file matches '$Path'."
    }
    foreach ($file in $files) {
        New-InputTarget -Path $file
    }
}
