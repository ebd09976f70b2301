# Knows which files belong to a recording, by their names: the trace, the report that netsh makes of it, and the two snapshots, which
# Read-PortTrace looks for beside the trace.

function Get-TraceCompanion {
    <#
    .SYNOPSIS
    { Trace, Cabinet, Start, Stop }: full paths, whether there are such files or not.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $stem = $Path -replace '\.etl$'
    return New-Record -Value ([ordered]@{ Trace = $Path; Cabinet = "$stem.cab"; Start = "$stem.start.zip"; Stop = "$stem.stop.zip" })
}
