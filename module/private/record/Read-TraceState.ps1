# Knows what the state of a recording must hold (New-TraceState).

function Read-TraceState {
    <#
    .SYNOPSIS
    The state, or $null where there is none. Throws System.IO.InvalidDataException where the file is damaged.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $names = 'format', 'version', 'id', 'phase', 'path', 'startSnapshot', 'stopSnapshot', 'scenario', 'packets', 'overwrite', 'maxSizeMB', 'providers',
    'commandLine', 'owner', 'requestedBy', 'sessions', 'created', 'started', 'stopped', 'until', 'percent', 'minutes', 'deadline', 'task', 'end',
    'stopRequest', 'fault', 'problems'
    $file = Get-TraceStatePath
    $state = Read-StateFile -Path $file -Format 'portexhaustion-trace' -Property $names -List 'until', 'sessions', 'providers', 'problems'
    $phases = 'requested', 'starting', 'recording', 'stopping', 'stopped', 'failed'
    if ($null -ne $state -and ($phases -cnotcontains $state.phase -or $null -eq $state.owner)) {
        throw (New-Object -TypeName System.IO.InvalidDataException -ArgumentList "'$file' is damaged, or of a newer version.")
    }
    return $state
}
