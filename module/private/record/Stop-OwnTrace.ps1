# Knows who may stop which recording, and what is to be said where it does not run any more.

function Stop-OwnTrace {
    <#
    .SYNOPSIS
    Stops the recording of the state, if it is this user's. Gives nothing, or the fault. The state file is gone where nothing runs.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [switch] $Discard
    )

    $isRunning = Test-TraceSession -State $State
    if ($null -eq $isRunning) {
        return New-FaultRecord -Code 'sessions-unknown' -Message 'Which trace sessions run cannot be told, so nothing was stopped.' -Path $State.path
    }
    $fault = $null
    try {
        if (-not $isRunning) {
            $fault = New-VanishedFault -State $State
            if ($State.task) { $null = Unregister-SystemTask -Name $State.task }
            if ($Discard) { $null = Remove-TraceFile -Path $State.path }
            $State.phase = 'stopped'
        } elseif ($State.task) {
            $fault = Stop-ScheduledTrace -State $State -Discard:$Discard
            if ($null -eq $fault) { Update-TraceState -State $State }
        } elseif ($State.owner.sid -ne (Get-SessionUser).Sid) {
            $fault = New-FaultRecord -Code 'trace-other-user' -Message "$($State.owner.name) started the recording to '$($State.path)'." -Path $State.path
        } else {
            $fault = Use-TraceLock -ScriptBlock { Stop-TraceRecording -State $State -Discard:$Discard }
        }
    } catch [System.TimeoutException] {
        $fault = New-FaultRecord -Code 'trace-busy' -Message $_.Exception.Message
    } finally {
        # Here, as it is also true after Ctrl+C.
        if ($State.phase -eq 'stopped') { Remove-TraceState }
    }
    return $fault
}
