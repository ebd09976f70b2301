# Knows how a watch takes the place of none, or of an earlier one with -Force, and how that is undone, also by Ctrl+C.

function Set-Watch {
    <#
    .SYNOPSIS
    Makes folder, state and task. Gives nothing, or the fault; then all is as it was.
    .NOTES
    The caller holds the lock of the watch.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Wish,
        [switch] $Force
    )

    $before = $null
    $isDamaged = $false
    try {
        $before = Read-WatchState
    } catch {
        $isDamaged = $true
        if (-not $Force) {
            return New-FaultRecord -Code 'watch-damaged' -Message $_.Exception.GetBaseException().Message -Path (Get-WatchStatePath)
        }
    }
    if ($null -ne $before -and -not $Force) {
        return New-FaultRecord -Code 'watch-exists' -Message "$($before.registeredBy.name) registered a watch at $($before.registered), which keeps its history in '$($before.path)'."
    }
    $folder = Resolve-WatchFolder -Path $Wish.Path
    if ($null -ne $folder.Fault) {
        return $folder.Fault
    }
    $source = Get-EventSource
    # What a watch whose state is lost has left is ours.
    $isForeign = $null -ne $source -and -not ($isDamaged -and $source.IsEventCreate)
    if ($null -ne $source -and -not $source.IsWritable) {
        Write-Warning -Message 'The Application log has a source PortExhaustion that another program made. eventcreate.exe will refuse to write events of it, so none tells of a breach.'
    }
    # Nobody else makes one there.
    $isMade = $folder.IsMade -or $Wish.Path -eq (Get-DefaultWatchFolder)
    if ($null -ne $before) {
        $isForeign = $before.foreignSource
        if ($before.path -eq $Wish.Path) { $isMade = $isMade -or $before.madeFolder }
    }
    $state = New-WatchState @Wish -MadeFolder:$isMade -EventSource:$isForeign
    $isDone = $false
    $fault = $null
    try {
        Write-WatchState -State $state
        $fault = Register-WatchTask -State $state
        $isDone = $null -eq $fault
    } finally {
        if (-not $isDone) {
            if ($null -ne $before) { $null = Save-WatchState -State $before } else { $null = Remove-WatchState }
            if ($folder.IsMade) { $null = Remove-EmptyFolder -Path $Wish.Path }
        }
    }
    return $fault
}
