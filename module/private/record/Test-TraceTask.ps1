# Knows what else must be true where SYSTEM is to record: it runs our files and writes where it is told, so nobody else may change either.

function Test-TraceTask {
    <#
    .SYNOPSIS
    The fault for which no task may be registered; nothing where all is well.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $fault = Test-ModuleSafety
    if ($null -eq $fault) { $fault = Test-FolderSafety -Path ([System.IO.Path]::GetDirectoryName($State.path)) }
    # Only the engine can tell how full a pool is.
    if ($null -eq $fault -and $State.until -contains 'Percent') { $fault = Get-EngineFault -Engine (Get-EngineCommand) }
    return $fault
}
