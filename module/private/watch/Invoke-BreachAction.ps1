# Knows the order of what is done on a breach: the snapshot first, as the moment passes; the event last, as it names the files. What one
# of them cannot do keeps the others from nothing.

function Invoke-BreachAction {
    <#
    .SYNOPSIS
    Does what the watch was told to: { Files, Problems }.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [psobject] $Breach,
        [Parameter(Mandatory = $true)] [psobject] $Sample,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $done = @()
    if ($State.onBreach -contains 'Snapshot') { $done += Save-WatchSnapshot -Folder $State.path -Time $Time }
    if ($State.onBreach -contains 'Trace') { $done += Start-WatchTrace -Folder $State.path -Time $Time }
    $files = @($done | ForEach-Object { $_.Path } | Where-Object { $_ })
    $problems = @($done | ForEach-Object { $_.Problem } | Where-Object { $_ })
    $problems += @(Limit-WatchEvidence -Folder $State.path -Time $Time)
    if ($State.onBreach -contains 'Event') {
        $text = Get-BreachText -Breach $Breach -Sample $Sample -File $files -Problem $problems
        $problems += @(Send-WatchEvent -Id (Get-WatchConstant).BreachEvent -Text $text)
    }
    return New-Record -Value ([ordered]@{ Files = $files; Problems = $problems })
}
