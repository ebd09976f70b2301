# Knows what the state of a watch must hold (New-WatchState).

function Read-WatchState {
    <#
    .SYNOPSIS
    The state, or $null where there is none. Throws System.IO.InvalidDataException where the file is damaged.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $names = 'format', 'version', 'intervalMinutes', 'percent', 'onBreach', 'path', 'madeFolder', 'foreignSource', 'registered', 'registeredBy', 'task',
    'script', 'lastSample', 'lastEvent', 'lastProblem', 'failures', 'breach', 'lastEvidence'
    return Read-StateFile -Path (Get-WatchStatePath) -Format 'portexhaustion-watch' -Property $names -List 'onBreach', 'lastEvidence'
}
