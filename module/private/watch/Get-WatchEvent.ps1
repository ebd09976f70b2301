# Knows which events of Windows a sample looks for: System log, source Tcpip, ids 4227, 4231 and 4266 (domain.md section 3.5), each once.

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

    $answer = Invoke-EventQuery -Filter @{ LogName = 'System'; ProviderName = 'Tcpip'; Id = 4227, 4231, 4266; StartTime = $After.ToLocalTime() }
    $rows = foreach ($one in $answer.Rows) {
        $time = $one.TimeCreated.ToUniversalTime()
        if ($time -gt $After -and $time -le $Until) { New-Record -Value ([ordered]@{ Id = [int] $one.Id; Time = $time }) }
    }
    return New-Record -Value ([ordered]@{ Reason = $answer.Reason; Rows = @($rows | Sort-Object -Property Time) })
}
