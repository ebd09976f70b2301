# Knows what a watch keeps of a breach at once: all that New-PortSnapshot reads.

function Save-WatchSnapshot {
    <#
    .SYNOPSIS
    { Path, Problem }: of the snapshot, one of them $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $path = [System.IO.Path]::Combine($Folder, 'Evidence', (Get-EvidenceName -Kind Snapshot -Time $Time))
    # A snapshot has a few MB.
    $room = Get-RoomProblem -Folder $Folder -NeedMB 20
    if ($room) {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no snapshot: $room" })
    }
    $tool = 'PortExhaustion'
    if ($null -ne $ExecutionContext.SessionState.Module) { $tool = "PortExhaustion $($ExecutionContext.SessionState.Module.Version)" }
    try {
        New-ProtectedFolder -Path ([System.IO.Path]::GetDirectoryName($path))
        $saved = Save-PortCapture -Path $path -Tool $tool
        return New-Record -Value ([ordered]@{ Path = $saved.Path; Problem = $null })
    } catch {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no snapshot: $($_.Exception.GetBaseException().Message)" })
    }
}
