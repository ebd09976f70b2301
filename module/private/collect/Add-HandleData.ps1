# Knows the artifacts of handles (docs/capture-format.md) and in which order they come: the table, then the list of processes, then
# what is behind the handles. A process id that was given away anew in between is noticed by that order.

function Add-HandleData {
    <#
    .SYNOPSIS
    Adds the handle table, the processes and the AFD handles.
    .PARAMETER Fault
    Why handles cannot be read; nothing where they can.
    .PARAMETER NativeFault
    Why the native code cannot be asked at all.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds,
        [AllowNull()] [AllowEmptyString()] [string] $Fault,
        [AllowNull()] [AllowEmptyString()] [string] $NativeFault
    )

    $names = 'handle-table', 'afd-handles'
    if ($Fault) {
        $null = Add-ProcessList -Capture $Capture -Fault $NativeFault -MayOpen
        foreach ($name in $names) {
            Add-CaptureArtifact -Capture $Capture -Name $name -Kind $name -Status absent -Reason $Fault
        }
        return
    }
    $snapshot = Invoke-PortNative -Question Snapshot
    try {
        $running = @(Add-ProcessList -Capture $Capture -MayOpen)
        $source = $null
        if ($snapshot.Status -eq 'read' -or $snapshot.Status -eq 'partial') { $source = $snapshot }
        Add-CaptureArtifact -Capture $Capture -Name $names[0] -Kind $names[0] -Status $snapshot.Status -Reason $snapshot.Reason -Entry 'handle-table.bin' -Source $source
        if ($null -eq $source) {
            Add-CaptureArtifact -Capture $Capture -Name $names[1] -Kind $names[1] -Status $snapshot.Status -Reason "there is no handle table: $($snapshot.Reason)"
            return
        }
        Add-AfdHandle -Capture $Capture -Answer (Invoke-PortNative -Question Inspection -Argument $snapshot, $running, $TimeoutSeconds)
    } finally {
        # An answer that is no snapshot, since taking one failed, has nothing to free.
        if ($snapshot -is [System.IDisposable]) { $snapshot.Dispose() }
    }
}
