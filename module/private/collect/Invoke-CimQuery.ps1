# Knows how CIM is asked so that a hanging WMI cannot hold the run up: in a runspace that is left alone after a time. In
# Constrained Language Mode, which may not make one, the cmdlet's own time limit has to do.

function Invoke-CimQuery {
    <#
    .SYNOPSIS
    { Status, Reason, Rows, IsTimedOut } of the instances of a class.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Namespace,
        [Parameter(Mandatory = $true)] [string] $ClassName,
        [AllowNull()] [string] $Filter,
        [int] $TimeoutSeconds = 10
    )

    $result = New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'absent'; Reason = 'this session has no Get-CimInstance'; Rows = @(); IsTimedOut = $false })
    if (-not (Get-Command -Name Get-CimInstance -ErrorAction Ignore)) {
        return $result
    }
    $query = @{ Namespace = $Namespace; ClassName = $ClassName; OperationTimeoutSec = $TimeoutSeconds; ErrorAction = 'Stop' }
    if ($Filter) { $query['Filter'] = $Filter }
    $result.Status = 'failed'
    $begun = Get-Date
    try {
        if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
            $result.Rows = @(Get-CimInstance @query)
        } else {
            # The cmdlet's own limit comes first where it works, and tells more.
            $result.Rows = @(Invoke-TimedCommand -Name Get-CimInstance -Parameter $query -TimeoutSeconds ($TimeoutSeconds + 2))
        }
        $result.Status = 'read'
        $result.Reason = $null
    } catch {
        # By the clock: the limit of the cmdlet and that of the runspace have different errors, and each provider words its own.
        $result.IsTimedOut = ((Get-Date) - $begun).TotalSeconds -ge $TimeoutSeconds
        $result.Reason = "${ClassName}: $($_.Exception.Message)"
        # WBEM_E_INVALID_NAMESPACE, WBEM_E_INVALID_CLASS: older Windows has neither.
        if ($_.FullyQualifiedErrorId -match '0x8004100e|0x80041010') { $result.Status = 'absent' }
        if ($_.FullyQualifiedErrorId -match '0x80041003|0x80070005') { $result.Status = 'refused' }
    }
    return $result
}
