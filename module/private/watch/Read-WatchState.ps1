# Knows how watch.json is read back, and that a file which was cut off or is something else is damaged, not empty.

function Read-WatchState {
    <#
    .SYNOPSIS
    The state, or $null where there is none. Throws System.IO.InvalidDataException where the file is damaged.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $file = Get-WatchStatePath
    if (-not [System.IO.File]::Exists($file)) {
        return $null
    }
    $state = $null
    try {
        $state = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($file))
    } catch [System.ArgumentException], [System.InvalidOperationException] {
        Write-Verbose "$file is no JSON: $($_.Exception.Message)"
    }
    $names = 'format', 'version', 'intervalMinutes', 'percent', 'onBreach', 'path', 'madeFolder', 'foreignSource', 'registered', 'registeredBy', 'task',
    'lastSample', 'lastProblem', 'failures', 'breach', 'lastEvidence'
    $own = @()
    if ($state -is [System.Management.Automation.PSCustomObject]) { $own = @($state.PSObject.Properties | ForEach-Object { $_.Name }) }
    if (@($names | Where-Object { $own -notcontains $_ }).Count -gt 0 -or $state.format -ne 'portexhaustion-watch' -or $state.version -ne 1 -or -not $state.path) {
        throw (New-Object -TypeName System.IO.InvalidDataException -ArgumentList "'$file' is damaged, or of a newer version.")
    }
    foreach ($name in 'onBreach', 'lastEvidence') {
        $state.$name = @($state.$name)
    }
    # PowerShell 7 makes [datetime] of texts that look like times, 5.1 does not.
    foreach ($part in @($state, $state.breach, $state.lastProblem | Where-Object { $null -ne $_ })) {
        foreach ($property in @($part.PSObject.Properties | Where-Object { $_.Value -is [datetime] })) {
            $property.Value = ConvertTo-EngineTime -Time $property.Value
        }
    }
    return $state
}
