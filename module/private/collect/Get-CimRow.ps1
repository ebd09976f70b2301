# Knows of whom asking is in vain: Wine has no WMI, and a WMI that did not answer once would not answer the next question either. A
# machine in trouble must not be waited for again and again.

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
    if ($null -ne $Capture.Silent['CIM']) {
        return New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'failed'; Reason = "not asked: $($Capture.Silent['CIM'])"; Rows = @() })
    }
    $answer = Invoke-CimQuery -Namespace $Namespace -ClassName $ClassName -Filter $Filter
    if ($answer.IsTimedOut) { $Capture.Silent['CIM'] = $answer.Reason }
    return $answer
}
