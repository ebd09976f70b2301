# Knows which events belong to a sample: each to one, whichever came at it.

function Get-WatchEvent {
    <#
    .SYNOPSIS
    { Reason, Rows }: rows { Id, Time } (UTC) after one moment and up to another, oldest first; Reason is why there may be more, or $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [datetime] $After,
        [Parameter(Mandatory = $true)] [datetime] $Until
    )

    $answer = Invoke-EventQuery -Filter (Get-PortEventFilter -Since $After.ToLocalTime())
    $rows = foreach ($one in $answer.Rows) {
        $time = $one.TimeCreated.ToUniversalTime()
        if ($time -gt $After -and $time -le $Until) { New-Record -Value ([ordered]@{ Id = [int] $one.Id; Time = $time }) }
    }
    return New-Record -Value ([ordered]@{ Reason = $answer.Reason; Rows = @($rows | Sort-Object -Property Time) })
}
