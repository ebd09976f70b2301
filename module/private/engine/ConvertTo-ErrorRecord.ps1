# Knows how a fault of the engine becomes an error of PowerShell.

function ConvertTo-ErrorRecord {
    <#
    .SYNOPSIS
    The ErrorRecord of a record of kind 'error', about the file it happened with.
    .PARAMETER Noun
    What the file is, as in Get-FaultTable.
    .PARAMETER HostShowsAdvice
    PowerShell 7 prints RecommendedAction below an error; Windows PowerShell 5.1 does not, so the advice joins the message.
    .NOTES
    A code that this module does not know comes from a newer engine and is still reported, as EngineError.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Fault,
        [AllowEmptyString()] [string] $Target,
        [string] $Noun = 'Evidence',
        [bool] $HostShowsAdvice = ($PSVersionTable.PSVersion.Major -ge 7)
    )

    $known = (Get-FaultTable -Noun $Noun)[[string] $Fault.code]
    if ($null -eq $known) {
        $known = @{ Id = 'EngineError'; Category = 'NotSpecified'; Exception = 'System.InvalidOperationException' }
    }
    $exception = New-Object -TypeName $known.Exception -ArgumentList $Fault.message
    $record = New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $exception, $known.Id, $known.Category, $Target
    $shown = $Fault.message
    if (-not $HostShowsAdvice) {
        $shown = "$($Fault.message) $($Fault.advice)"
    }
    $details = New-Object -TypeName System.Management.Automation.ErrorDetails -ArgumentList $shown
    $details.RecommendedAction = $Fault.advice
    $record.ErrorDetails = $details
    return $record
}
