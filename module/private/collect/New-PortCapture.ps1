# Knows what a capture is while it is being made: the parts of capture.json (engine/contract/capture.schema.json), and where raw
# answers go: into an archive, or, in Constrained Language Mode, which may not make one, into a folder.

function New-PortCapture {
    <#
    .SYNOPSIS
    An empty capture. Collectors fill its properties; Complete-PortCapture writes capture.json of them. Silent is for them alone: who
    did not answer in time and is not asked again, with the reason.
    .PARAMETER Archive
    System.IO.Compression.ZipArchive to write to.
    .PARAMETER Folder
    Folder to write to where there is no archive.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Machine,
        [AllowNull()] [object] $Archive,
        [AllowNull()] [string] $Folder
    )

    return New-Object -TypeName PSObject -Property ([ordered]@{
            Archive         = $Archive
            Folder          = $Folder
            Machine         = $Machine
            Artifacts       = @()
            Processes       = @()
            Services        = @()
            Ranges          = @()
            AutoReuseRanges = @()
            Settings        = [ordered]@{ tcpTimedWaitDelay = $null; maxUserPort = $null }
            Events          = @()
            Probes          = @()
            Inspections     = @()
            Silent          = @{}
        })
}
