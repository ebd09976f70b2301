# Knows the shape of trace.json (docs/design.md, Recording): what is recorded, for whom, and how far it has come.

function New-TraceState {
    <#
    .SYNOPSIS
    The state of a recording that nobody has started yet.
    .DESCRIPTION
    With -Until a scheduled task runs netsh, as SYSTEM, and the phase is 'requested'; otherwise this user does, and it is 'starting'.
    .PARAMETER Build
    Windows build that netsh is to run on; without it, this one.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [ValidateSet('Lean', 'NetConnection')] [string] $Scenario = 'Lean',
        [switch] $Packets,
        [switch] $Overwrite,
        [int] $MaxSizeMB = 256,
        [AllowEmptyCollection()] [string[]] $Until = @(),
        [AllowNull()] [object] $Percent,
        [AllowNull()] [object] $Minutes,
        [AllowNull()] [string] $Task,
        [int] $Build = (Get-HostBuild)
    )

    $user = Get-SessionUser
    $requester = New-Record -Value ([ordered]@{ sid = $user.Sid; name = $user.Name })
    $owner = $requester
    $phase = 'starting'
    if ($Until.Count -gt 0) {
        $owner = New-Record -Value ([ordered]@{ sid = 'S-1-5-18'; name = 'NT AUTHORITY\SYSTEM' })
        $phase = 'requested'
    }
    $ownTask = $null
    if ($Task) { $ownTask = $Task }
    $providers = @()
    if ($Scenario -eq 'Lean') { $providers = @(Get-TraceProvider -Build $Build) }
    $line = New-NetshCommandLine -Path $Path -Build $Build -Scenario $Scenario -Packets:$Packets -Overwrite:$Overwrite -MaxSizeMB $MaxSizeMB
    return New-Record -Value ([ordered]@{
            format        = 'portexhaustion-trace'
            version       = 1
            id            = [guid]::NewGuid().ToString()
            phase         = $phase
            path          = $Path
            startSnapshot = $null
            stopSnapshot  = $null
            scenario      = $Scenario
            packets       = [bool] $Packets
            overwrite     = [bool] $Overwrite
            maxSizeMB     = $MaxSizeMB
            providers     = $providers
            commandLine   = $line
            owner         = $owner
            requestedBy   = $requester
            sessions      = @()
            created       = ConvertTo-CaptureTime -Time ([datetime]::UtcNow)
            started       = $null
            stopped       = $null
            until         = @($Until)
            percent       = $Percent
            minutes       = $Minutes
            deadline      = $null
            task          = $ownTask
            end           = $null
            stopRequest   = $null
            fault         = $null
            problems      = @()
        })
}
