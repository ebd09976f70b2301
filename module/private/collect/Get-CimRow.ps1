# Knows that Wine has no WMI: asking would wait in vain.

function Get-CimRow {
    <#
    .SYNOPSIS
    { Status, Reason, Rows } of a class, from the machine that a capture is about.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Namespace,
        [Parameter(Mandatory = $true)] [string] $ClassName,
        [AllowNull()] [string] $Filter
    )

    if ($Capture.Machine.wine) {
        return New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'absent'; Reason = 'Wine has no WMI'; Rows = @() })
    }
    return Invoke-CimQuery -Namespace $Namespace -ClassName $ClassName -Filter $Filter
}
