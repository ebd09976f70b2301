# Knows when netsh has started a recording: it ended with 0, and a session writes our file. What it prints is for people.

function Invoke-TraceStart {
    <#
    .SYNOPSIS
    Runs the command line of the state and fills in sessions, started and deadline. Gives nothing, or the fault.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $arguments = $State.commandLine -replace '^netsh '
    Write-Verbose -Message "Running netsh $arguments"
    # Killed half-way it would leave a session that it knows nothing of. Two minutes are far more than it takes.
    $tool = Invoke-InboxTool -Name 'netsh.exe' -ArgumentList $arguments -TimeoutSeconds 120 -MustFinish -Activity 'Starting the recording'
    $said = Get-NetshSaying -Tool $tool
    if ($tool.ExitCode -ne 0) {
        return New-FaultRecord -Code 'trace-start-failed' -Message "netsh did not start the recording ($($tool.Reason)).$said" -Path $State.path
    }
    $now = [datetime]::UtcNow
    # Before the look: who takes it back must know that netsh has said yes.
    $State.started = ConvertTo-CaptureTime -Time $now
    if (-not (Test-TraceSession -State $State)) {
        return New-FaultRecord -Code 'trace-start-failed' -Message "netsh ended as if it had started the recording, but no session writes '$($State.path)', as far as can be told.$said" -Path $State.path
    }
    $State.sessions = @((Get-NetshSession).Rows | ForEach-Object { $_.Name })
    if ($null -ne $State.minutes -and $null -eq $State.deadline) {
        $State.deadline = ConvertTo-CaptureTime -Time $now.AddMinutes($State.minutes)
    }
}
