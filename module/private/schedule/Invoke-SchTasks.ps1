# Knows how Task Scheduler is told what to do: by schtasks.exe, which every Windows since 7 has, and whose exit code needs no language.
# Tasks stand in the root of the library, since schtasks cannot remove a folder.

function Invoke-SchTasks {
    <#
    .SYNOPSIS
    { Succeeded, Reason } of a call of schtasks.exe; Reason holds what it printed.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string[]] $ArgumentList)

    $quoted = @($ArgumentList | ForEach-Object { ConvertTo-NativeArgument -Argument $_ })
    $answer = Invoke-InboxTool -Name 'schtasks.exe' -ArgumentList $quoted -TimeoutSeconds 60
    $reason = $answer.Reason
    $printed = ConvertFrom-ToolOutput -Bytes $answer.Output
    if ($printed) { $reason = "$($reason): $printed" }
    return New-Record -Value ([ordered]@{ Succeeded = $answer.ExitCode -eq 0; Reason = $reason })
}
