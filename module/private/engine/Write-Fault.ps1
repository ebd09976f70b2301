# Knows how a fault reaches the user: as an error of the cmdlet that was called, not of a function inside.

function Write-Fault {
    <#
    .SYNOPSIS
    Writes the error of a record of kind 'error'.
    .PARAMETER Cmdlet
    $PSCmdlet of the caller, so that the error carries its name and obeys its -ErrorAction.
    .PARAMETER Noun
    What the error is about, as in Get-FaultTable.
    .PARAMETER Terminating
    Ends the command.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Fault,
        [AllowNull()] [AllowEmptyString()] [string] $Target,
        [string] $Noun = 'Evidence',
        [switch] $Terminating
    )

    $record = ConvertTo-ErrorRecord -Fault $Fault -Target $Target -Noun $Noun
    if ($Terminating) {
        $Cmdlet.ThrowTerminatingError($record)
    }
    $Cmdlet.WriteError($record)
}
