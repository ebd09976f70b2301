# Knows what shows that something was done about a breach, where the state could not be written: the evidence itself, and the event.

function Test-RecentAction {
    <#
    .SYNOPSIS
    Whether the watch has acted within RepeatMinutes before a moment.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $constant = Get-WatchConstant
    foreach ($kind in 'Snapshot', 'Trace') {
        # Names sort like time.
        $from = Get-EvidenceName -Kind $kind -Time $Time.AddMinutes(-$constant.RepeatMinutes)
        $to = Get-EvidenceName -Kind $kind -Time $Time
        $names = @(Get-WatchEvidence -Folder $Folder -Kind $kind | ForEach-Object { [System.IO.Path]::GetFileName($_) })
        if (@($names | Where-Object { $_ -gt $from -and $_ -le $to }).Count -gt 0) {
            return $true
        }
    }
    return Test-ToldEvent -Id $constant.BreachEvent
}
