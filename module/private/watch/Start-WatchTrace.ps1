# Knows how a watch records: like Start-PortTrace -Until Duration, with all its checks. A recording that runs, whoever's, is never
# stopped: it very likely holds what this one would.

function Start-WatchTrace {
    <#
    .SYNOPSIS
    { Path, Problem }: of the recording that was started, one of them $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $constant = Get-WatchConstant
    # netsh needs the size twice when it stops.
    $room = Get-RoomProblem -Folder $Folder -NeedMB (2 * $constant.TraceMB)
    if ($room) {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no recording: $room" })
    }
    $path = [System.IO.Path]::Combine($Folder, 'Evidence', (Get-EvidenceName -Kind Trace -Time $Time))
    try {
        New-ProtectedFolder -Path ([System.IO.Path]::GetDirectoryName($path))
        $ends = Get-TraceEnd -Bound @{} -Until 'Duration' -Percent 100 -Minutes $constant.TraceMinutes
        $fault = Start-CheckedTrace -State (New-TraceState -Path $path -MaxSizeMB $constant.TraceMB @ends)
    } catch {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no recording: $($_.Exception.GetBaseException().Message)" })
    }
    if ($null -ne $fault) {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no recording: $($fault.message)" })
    }
    return New-Record -Value ([ordered]@{ Path = $path; Problem = $null })
}
