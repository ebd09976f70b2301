# Knows what users are given of a watch: plain values, so that they survive a remote session. All times are [datetime] in UTC.

function ConvertTo-PortWatch {
    <#
    .SYNOPSIS
    The PortExhaustion.PortWatch of a state.
    .PARAMETER As
    What Get-WatchCondition gave.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [string] $As
    )

    $breach = $State.breach
    if ($null -eq $breach) { $breach = @{ detail = $null; since = $null } }
    $problem = $null
    if ($null -ne $State.lastProblem) { $problem = "$($State.lastProblem.time): $($State.lastProblem.message)" }
    $record = New-Record -Value ([ordered]@{
            ComputerName    = [System.Environment]::MachineName
            State           = $As
            IntervalMinutes = [int] $State.intervalMinutes
            Percent         = [int] $State.percent
            OnBreach        = @($State.onBreach)
            Path            = $State.path
            HistoryPath     = [System.IO.Path]::Combine($State.path, 'history.csv')
            Registered      = ConvertFrom-TraceTime -Time $State.registered
            RegisteredBy    = $State.registeredBy.name
            LastSample      = ConvertFrom-TraceTime -Time $State.lastSample
            FailedSamples   = [int] $State.failures
            LastProblem     = $problem
            Breach          = $breach.detail
            BreachSince     = ConvertFrom-TraceTime -Time $breach.since
            Evidence        = @('Snapshot', 'Trace' | ForEach-Object { Get-WatchEvidence -Folder $State.path -Kind $_ } | Sort-Object)
        })
    $record.PSObject.TypeNames.Insert(0, 'PortExhaustion.PortWatch')
    return $record
}
