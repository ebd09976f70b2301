# Knows how netsh is asked what it records. What it prints is for people; only paths in it, which no language changes, are looked for.
# Unproved: whether it exits with 0 only where a trace runs.

function Get-NetshStatus {
    <#
    .SYNOPSIS
    What netsh trace show status prints, where it exits with 0; else ''.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $status = Invoke-InboxTool -Name 'netsh.exe' -ArgumentList 'trace', 'show', 'status'
    if ($status.ExitCode -ne 0) {
        return ''
    }
    return ConvertFrom-ToolOutput -Bytes $status.Output
}
