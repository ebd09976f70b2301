# Knows how netsh is told to stop. It merges files for minutes and must not be killed meanwhile, so it has a day.

function Invoke-NetshStop {
    <#
    .SYNOPSIS
    Runs netsh trace stop to its end, also on Ctrl+C. Gives what Invoke-InboxTool gives.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    return Invoke-InboxTool -Name 'netsh.exe' -ArgumentList 'trace', 'stop' -TimeoutSeconds 86400 -MustFinish -Activity 'Stopping the recording'
}
