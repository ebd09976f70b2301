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

    if ($null -eq $Engine) {
        return New-FaultRecord -Code 'engine-not-found' -Message 'The PortExhaustion module has no engine that runs on this computer.' -Path $ModuleRoot
    }
    if ($Bound.Keys -contains 'Since' -and $Bound.Keys -contains 'Until') {
        $since = $Bound['Since'].ToUniversalTime()
        $until = $Bound['Until'].ToUniversalTime()
        if ($since -gt $until) {
            return New-FaultRecord -Code 'time-range-invalid' -Message ('-Since ({0:u}) is later than -Until ({1:u}).' -f $since, $until)
        }
    }
}
