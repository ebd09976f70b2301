# Knows the order in which a watch is removed: the task first, so that no new sample begins; then the sample under way is waited for;
# folders last.

function Remove-Watch {
    <#
    .SYNOPSIS
    Removes all that Register-PortWatch and its samples made. Gives a sentence for each thing that stays; the rest goes all the same.
    .PARAMETER State
    $null where watch.json is missing or damaged: then the default folder is looked at.
    .PARAMETER KeepEvidence
    History, snapshots and traces stay.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [AllowNull()] [psobject] $State,
        [switch] $KeepEvidence
    )

    $data = Get-DataFolder
    $task = (Get-WatchConstant).Task
    $folder = Get-DefaultWatchFolder
    $isOwnFolder = $true
    $isForeign = $false
    if ($null -ne $State) {
        $folder = $State.path
        $isOwnFolder = $State.madeFolder
        $isForeign = $State.foreignSource
    }
    $answer = Unregister-SystemTask -Name $task
    if (-not $answer.Succeeded) { "the task '$task': $($answer.Reason)" }
    $watchLock = $null
    try {
        if ([System.IO.Directory]::Exists($data)) {
            $watchLock = Open-WatchLock -TimeoutSeconds 60
            if ($null -eq $watchLock) { 'a sample has been under way for a minute and may still write' }
        }
        Remove-WatchTrace -Folder $folder -Keep:$KeepEvidence
        # A sample that was under way may have compiled again.
        Remove-NativeAssembly
        $isRecorded = [System.IO.File]::Exists((Get-TraceStatePath))
        Remove-StrayFile -All:($null -ne $watchLock -and -not $isRecorded)
        if ([System.IO.Directory]::Exists($data)) { Remove-IdleTraceLock }
        Remove-HalfEvidence -Folder $folder
        if (-not $KeepEvidence) {
            Remove-WatchHistory -Folder $folder
            Remove-WatchEvidence -Path @('Snapshot', 'Trace' | ForEach-Object { Get-WatchEvidence -Folder $folder -Kind $_ })
        }
        Remove-WatchSource -Foreign:$isForeign
        Remove-WatchState
    } finally {
        if ($null -ne $watchLock) { $watchLock.Dispose() }
    }
    Remove-EmptyFolder -Path ([System.IO.Path]::Combine($folder, 'Evidence'))
    if ($isOwnFolder) { Remove-EmptyFolder -Path $folder }
    Remove-EmptyFolder -Path $data
}
