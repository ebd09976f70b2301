# Knows how evidence of a watch is named, and so which files of a folder are ours: by kind and moment.

function Get-EvidenceName {
    <#
    .SYNOPSIS
    The name of a file of a moment; without one, the pattern of all such names, for -match.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('Snapshot', 'Trace')] [string] $Kind,
        [AllowNull()] [object] $Time
    )

    $extension = 'zip'
    if ($Kind -eq 'Trace') { $extension = 'etl' }
    if ($null -eq $Time) {
        return "^WATCH-\d{8}-\d{6}\.$extension`$"
    }
    return "WATCH-$(([datetime] $Time).ToString('yyyyMMdd-HHmmss', [cultureinfo]::InvariantCulture)).$extension"
}
