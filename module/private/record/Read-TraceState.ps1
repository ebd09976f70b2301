# Knows how trace.json is read back, and that a file which was cut off or written by something else is damaged, not empty: a guess
# about what runs would be worse than an error.

function Read-TraceState {
    <#
    .SYNOPSIS
    The state, or $null where there is none. Throws System.IO.InvalidDataException where the file is damaged.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $file = Get-TraceStatePath
    $text = Read-StateText -Path $file
    if ($null -eq $text) {
        return $null
    }
    $state = $null
    try {
        $state = ConvertFrom-Json -InputObject $text
    } catch [System.ArgumentException], [System.InvalidOperationException] {
        Write-Verbose "$file is no JSON: $($_.Exception.Message)"
    }
    Assert-TraceState -State $state -Path $file
    foreach ($name in 'until', 'sessions', 'providers', 'problems') {
        $state.$name = @($state.$name)
    }
    # PowerShell 7 makes [datetime] of texts that look like times, 5.1 does not.
    foreach ($name in 'created', 'started', 'stopped', 'deadline') {
        if ($state.$name -is [datetime]) { $state.$name = ConvertTo-CaptureTime -Time $state.$name }
    }
    if ($null -ne $state.end -and $state.end.time -is [datetime]) {
        $state.end.time = ConvertTo-CaptureTime -Time $state.end.time
    }
    return $state
}
