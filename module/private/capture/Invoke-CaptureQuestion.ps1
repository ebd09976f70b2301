# Knows where an answer comes from: files, other machines, or this one.

function Invoke-CaptureQuestion {
    <#
    .SYNOPSIS
    What a cmdlet gives, for every machine that it was asked about.
    .PARAMETER Path
    Files that came in by -Path or -LiteralPath.
    .NOTES
    For the end block. A pipeline that brings nothing is no question about this machine.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory = $true)] [string] $Question,
        [AllowEmptyCollection()] [string[]] $Path = @()
    )

    $engine = Get-EngineCommand
    $fault = Get-EngineFault -Engine $engine
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $Cmdlet -Fault $fault -Target $ModuleRoot -Terminating
    }
    $request = New-Record -Value ([ordered]@{
            Cmdlet   = $Cmdlet
            Engine   = $engine
            Question = Get-CaptureQuestion -Name $Question
            Bound    = $Bound
        })
    if ('ComputerName', 'Session' -contains $Cmdlet.ParameterSetName) {
        return Read-RemoteCapture -Request $request
    }
    if ($Cmdlet.ParameterSetName -eq 'Live') {
        if (-not $Cmdlet.MyInvocation.ExpectingInput) {
            Read-LiveCapture -Request $request
        }
        return
    }
    foreach ($machine in @(Group-EvidenceFile -Path $Path)) {
        Read-CaptureFile -Request $request -File $machine.Files -Label $machine.Source -Source $machine.Source
    }
}
