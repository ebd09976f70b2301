# Knows when a recording with -Until is over, the cheapest question first. Events: domain facts of Tcpip 4227, 4231, 4266 in
# engine/model/port-events.ts.

function Get-DueEnd {
    <#
    .SYNOPSIS
    { trigger, time, detail } where the recording of the state is to end now; else nothing.
    .PARAMETER Problem
    A list to which is added why something could not be asked.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [System.Collections.ArrayList] $Problem
    )

    $now = [datetime]::UtcNow
    # A step that died while netsh began has noted neither start nor deadline.
    $begun = ConvertFrom-TraceTime -Time $State.started
    if ($null -eq $begun) { $begun = ConvertFrom-TraceTime -Time $State.created }
    $deadline = ConvertFrom-TraceTime -Time $State.deadline
    if ($null -eq $deadline) { $deadline = $begun.AddMinutes($State.minutes) }
    $trigger = $null
    $detail = $null
    if ($null -ne $State.stopRequest) {
        $trigger = 'Request'
    } elseif ($now -ge $deadline) {
        $trigger = 'Duration'
        $detail = "$($State.minutes) minutes"
    }
    if (-not $trigger -and $State.until -contains 'Event') {
        $answer = Invoke-EventQuery -Filter (Get-PortEventFilter -Since $begun.ToLocalTime())
        if ('read', 'partial' -notcontains $answer.Status) { $null = $Problem.Add($answer.Reason) }
        $first = @($answer.Rows | Sort-Object -Property TimeCreated)
        if ($first.Count -gt 0) {
            $trigger = 'Event'
            $detail = "event $($first[0].Id) at $(ConvertTo-CaptureTime -Time $first[0].TimeCreated)"
        }
    }
    if (-not $trigger -and $State.until -contains 'Percent') {
        $sample = Get-LightSample
        if ($sample.Problem) { $null = $Problem.Add($sample.Problem) }
        $full = @($sample.Pools | Where-Object { $null -ne $_.usedPercent -and $_.usedPercent -ge $State.percent } | Sort-Object -Property usedPercent -Descending)
        if ($full.Count -gt 0) {
            $trigger = 'Percent'
            $detail = [string]::Format([cultureinfo]::InvariantCulture, '{0} {1} % used', $full[0].protocol, $full[0].usedPercent)
        }
    }
    if ($trigger) {
        return New-Record -Value ([ordered]@{ trigger = $trigger; time = ConvertTo-CaptureTime -Time $now; detail = $detail })
    }
}
