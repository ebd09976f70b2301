# Knows which requests cannot be answered whatever the files hold.

function Test-TraceRequest {
    <#
    .SYNOPSIS
    A record of kind 'error' where reading any file is pointless, else nothing.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [AllowNull()] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound
    )

    $fault = Get-EngineFault -Engine $Engine
    if ($null -ne $fault) {
        return $fault
    }
    if ($Bound.Keys -contains 'Since' -and $Bound.Keys -contains 'Until') {
        $since = $Bound['Since'].ToUniversalTime()
        $until = $Bound['Until'].ToUniversalTime()
        if ($since -gt $until) {
            return New-FaultRecord -Code 'time-range-invalid' -Message ('-Since ({0:u}) is later than -Until ({1:u}).' -f $since, $until)
        }
    }
}
