# Knows how a state is read back, and that a file which was cut off or written by something else is damaged, not empty: a guess about what
# runs would be worse than an error.

function Read-StateFile {
    <#
    .SYNOPSIS
    The state in a file, its times as texts on every edition; $null where there is none. Throws System.IO.InvalidDataException where the
    file is damaged.
    .PARAMETER Format
    What the state says of itself.
    .PARAMETER Property
    Names that it must have.
    .PARAMETER List
    Those of them that are lists.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Format,
        [Parameter(Mandatory = $true)] [string[]] $Property,
        [Parameter(Mandatory = $true)] [string[]] $List
    )

    $text = Read-StateText -Path $Path
    if ($null -eq $text) {
        return $null
    }
    $state = $null
    try {
        $state = ConvertFrom-Json -InputObject $text
    } catch [System.ArgumentException], [System.InvalidOperationException] {
        Write-Verbose "$Path is no JSON: $($_.Exception.Message)"
    }
    $own = @()
    if ($state -is [System.Management.Automation.PSCustomObject]) { $own = @($state.PSObject.Properties | ForEach-Object { $_.Name }) }
    $missing = @($Property | Where-Object { $own -notcontains $_ })
    if ($missing.Count -gt 0 -or $state.format -ne $Format -or $state.version -ne 1 -or -not $state.path) {
        throw (New-Object -TypeName System.IO.InvalidDataException -ArgumentList "'$Path' is damaged, or of a newer version.")
    }
    foreach ($name in $List) {
        $state.$name = @($state.$name)
    }
    # PowerShell 7 makes [datetime] of texts that look like times, 5.1 does not.
    $parts = @($state) + @($state.PSObject.Properties | ForEach-Object { $_.Value } | Where-Object { $_ -is [System.Management.Automation.PSCustomObject] })
    foreach ($one in @($parts | ForEach-Object { $_.PSObject.Properties } | Where-Object { $_.Value -is [datetime] })) {
        $one.Value = ConvertTo-EngineTime -Time $one.Value
    }
    return $state
}
