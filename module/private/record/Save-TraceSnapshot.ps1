# Knows why a snapshot is taken at both ends of a recording: process ids get names, sockets older than the trace are known. A recording
# without one is still worth having, so it is a problem and no error.

function Save-TraceSnapshot {
    <#
    .SYNOPSIS
    Takes a snapshot beside the trace and notes it in the state, or why there is none.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $State,
        [Parameter(Mandatory = $true)] [ValidateSet('Start', 'Stop')] [string] $Moment
    )

    $path = (Get-TraceCompanion -Path $State.path).$Moment
    $tool = 'PortExhaustion'
    if ($null -ne $ExecutionContext.SessionState.Module) { $tool = "PortExhaustion $($ExecutionContext.SessionState.Module.Version)" }
    try {
        # One of an earlier recording of this name, which -Force allowed to go, or of a stop that failed.
        if ([System.IO.File]::Exists($path)) { [System.IO.File]::Delete($path) }
        $saved = Save-PortCapture -Path $path -Tool $tool
        $State.("$($Moment.ToLowerInvariant())Snapshot") = $saved.Path
    } catch {
        $sentence = "There is no snapshot of the $($Moment.ToLowerInvariant()): $($_.Exception.GetBaseException().Message)"
        # A stop that fails is tried again each minute.
        if ($State.problems -notcontains $sentence) { $State.problems = @($State.problems) + $sentence }
        Write-Warning -Message $sentence
    }
}
