# Knows when a text that was read is the state of a recording: it says so, and has every property that New-TraceState makes.

function Assert-TraceState {
    <#
    .SYNOPSIS
    Throws System.IO.InvalidDataException where it is not.
    #>
    [CmdletBinding()]
    param(
        [AllowNull()] [object] $State,
        [Parameter(Mandatory = $true)] [string] $Path
    )

    $names = 'format', 'version', 'id', 'phase', 'path', 'startSnapshot', 'stopSnapshot', 'scenario', 'packets', 'overwrite', 'maxSizeMB', 'providers',
    'commandLine', 'owner', 'requestedBy', 'sessions', 'created', 'started', 'stopped', 'until', 'percent', 'minutes', 'deadline', 'task', 'end',
    'stopRequest', 'fault', 'problems'
    $phases = 'requested', 'starting', 'recording', 'stopping', 'stopped', 'failed'
    $own = @()
    if ($State -is [System.Management.Automation.PSCustomObject]) {
        $own = @($State.PSObject.Properties | ForEach-Object { $_.Name })
    }
    $missing = @($names | Where-Object { $own -notcontains $_ })
    if ($missing.Count -gt 0) {
        throw (New-Object -TypeName System.IO.InvalidDataException -ArgumentList "'$Path' is damaged: it has no $($missing[0]).")
    }
    if ($State.format -ne 'portexhaustion-trace' -or $State.version -ne 1 -or $phases -cnotcontains $State.phase -or -not $State.path -or $null -eq $State.owner) {
        throw (New-Object -TypeName System.IO.InvalidDataException -ArgumentList "'$Path' is not the state of a recording, or of a newer version.")
    }
}
