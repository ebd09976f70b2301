# Knows the shape of watch.json (docs/design.md, Recording): what was asked for, and what the last sample found.

function New-WatchState {
    <#
    .SYNOPSIS
    The state of a watch that has taken no sample yet.
    .PARAMETER EventSource
    Whether the Application log already had a source PortExhaustion, which then is not ours to remove.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [int] $IntervalMinutes,
        [Parameter(Mandatory = $true)] [int] $Percent,
        [Parameter(Mandatory = $true)] [string[]] $OnBreach,
        [Parameter(Mandatory = $true)] [string] $Path,
        [switch] $MadeFolder,
        [switch] $EventSource
    )

    $user = Get-SessionUser
    return New-Record -Value ([ordered]@{
            format          = 'portexhaustion-watch'
            version         = 1
            intervalMinutes = $IntervalMinutes
            percent         = $Percent
            onBreach        = @($OnBreach)
            path            = $Path
            madeFolder      = [bool] $MadeFolder
            foreignSource   = [bool] $EventSource
            registered      = ConvertTo-EngineTime -Time (Get-WatchTime)
            registeredBy    = New-Record -Value ([ordered]@{ sid = $user.Sid; name = $user.Name })
            task            = (Get-WatchConstant).Task
            script          = [System.IO.Path]::Combine($ModuleRoot, 'tasks', 'Step-PortWatch.ps1')
            lastSample      = $null
            lastEvent       = $null
            lastProblem     = $null
            failures        = 0
            breach          = $null
            lastEvidence    = @()
        })
}
