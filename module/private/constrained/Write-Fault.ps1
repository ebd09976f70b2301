# Knows how a fault becomes an error in Constrained Language Mode, where the methods of a cmdlet cannot be called: its id is
# the same, but it carries the name of this function.

function Write-Fault {
    <#
    .SYNOPSIS
    Writes the error of a record of kind 'error'.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Fault,
        [AllowNull()] [AllowEmptyString()] [string] $Target,
        [string] $Noun = 'Evidence',
        [switch] $Terminating
    )

    $known = (Get-FaultTable -Noun $Noun)[[string] $Fault.code]
    if ($null -eq $known) {
        $known = @{ Id = 'EngineError'; Category = 'NotSpecified' }
    }
    $options = @{
        Message           = $Fault.message
        ErrorId           = $known.Id
        Category          = $known.Category
        TargetObject      = $Target
        RecommendedAction = $Fault.advice
    }
    if ($PSVersionTable.PSVersion.Major -lt 7) {
        $options.Message = "$($Fault.message) $($Fault.advice)"
    }
    if ($Terminating) {
        $options.ErrorAction = 'Stop'
    }
    Write-Error @options
}
