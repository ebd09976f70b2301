# Knows in which order everything is looked at before a recording begins: first what makes the rest pointless.

function Test-TraceStart {
    <#
    .SYNOPSIS
    The fault for which nothing is started; nothing where all is well.
    .NOTES
    The caller holds the lock. An earlier recording that has ended is forgotten.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Force
    )

    if (-not [System.IO.File]::Exists([System.IO.Path]::Combine((Get-SystemFolder), 'netsh.exe'))) {
        return New-FaultRecord -Code 'netsh-not-found' -Message "There is no netsh.exe in '$(Get-SystemFolder)'."
    }
    $fault = Clear-TraceState
    if ($null -eq $fault) { $fault = Get-ForeignTraceFault }
    $own = (Get-DataFolder) + [System.IO.Path]::DirectorySeparatorChar
    if ($null -eq $fault -and $State.path.StartsWith($own, [System.StringComparison]::OrdinalIgnoreCase)) {
        # Below the folder that Initialize-DataFolder has seen to.
        New-ProtectedFolder -Path ([System.IO.Path]::GetDirectoryName($State.path))
    }
    if ($null -eq $fault) { $fault = Test-TraceTarget -Path $State.path -MaxSizeMB $State.maxSizeMB -Force:$Force }
    if ($null -eq $fault -and $State.until.Count -gt 0) { $fault = Test-TraceTask -State $State }
    return $fault
}
