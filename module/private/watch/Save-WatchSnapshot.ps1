# Knows what a watch keeps of a breach at once: all that New-PortSnapshot reads. It bears the name of evidence only when it is whole, since a
# process may be ended in the middle.

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

    # A snapshot has a few MB.
    $room = Get-RoomProblem -Folder $Folder -NeedMB 20
    if ($room) {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no snapshot: $room" })
    }
    $evidence = [System.IO.Path]::Combine($Folder, 'Evidence')
    $name = Get-EvidenceName -Kind Snapshot -Time $Time
    $path = [System.IO.Path]::Combine($evidence, $name)
    $tool = 'PortExhaustion'
    if ($null -ne $ExecutionContext.SessionState.Module) { $tool = "PortExhaustion $($ExecutionContext.SessionState.Module.Version)" }
    try {
        New-ProtectedFolder -Path $evidence
        $null = Remove-HalfEvidence -Folder $Folder
        $saved = Save-PortCapture -Path ([System.IO.Path]::Combine($evidence, "half-$name")) -Tool $tool
        [System.IO.File]::Move($saved.Path, $path)
        return New-Record -Value ([ordered]@{ Path = $path; Problem = $null })
    } catch {
        return New-Record -Value ([ordered]@{ Path = $null; Problem = "no snapshot: $($_.Exception.GetBaseException().Message)" })
    }
}
