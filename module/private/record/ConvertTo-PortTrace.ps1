# Knows what users are given of a recording: plain values, so that they survive a remote session. All times are [datetime] in UTC.

function ConvertTo-PortTrace {
    <#
    .SYNOPSIS
    The PortExhaustion.PortTrace of a state.
    .PARAMETER As
    State to show in place of the phase, where the machine says something else than the file.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [string] $As
    )

    $shown = $As
    if (-not $shown) { $shown = $State.phase.Substring(0, 1).ToUpperInvariant() + $State.phase.Substring(1) }
    $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $State.path
    $size = $null
    if ($file.Exists) { $size = $file.Length }
    $end = $State.end
    if ($null -eq $end) { $end = @{ trigger = $null; detail = $null } }
    $record = New-Record -Value ([ordered]@{
            ComputerName  = [System.Environment]::MachineName
            State         = $shown
            Path          = $State.path
            StartSnapshot = $State.startSnapshot
            StopSnapshot  = $State.stopSnapshot
            Started       = ConvertFrom-TraceTime -Time $State.started
            Stopped       = ConvertFrom-TraceTime -Time $State.stopped
            SizeBytes     = $size
            MaxSizeMB     = [int] $State.maxSizeMB
            Scenario      = $State.scenario
            Packets       = $State.packets
            Until         = @($State.until)
            Percent       = $State.percent
            Deadline      = ConvertFrom-TraceTime -Time $State.deadline
            EndedBy       = $end.trigger
            EndedDetail   = $end.detail
            Owner         = $State.owner.name
            Providers     = @($State.providers)
            CommandLine   = $State.commandLine
            Problems      = @($State.problems)
        })
    $record.PSObject.TypeNames.Insert(0, 'PortExhaustion.PortTrace')
    return $record
}
