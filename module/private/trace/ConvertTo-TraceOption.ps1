# Knows the options of the engine's trace command.

function ConvertTo-TraceOption {
    <#
    .SYNOPSIS
    The engine's options for the bound parameters of Read-PortTrace.
    #>
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound)

    $options = @()
    if ($Bound.Keys -contains 'Since') {
        $options += '--since', (ConvertTo-EngineTime -Time $Bound['Since'])
    }
    if ($Bound.Keys -contains 'Until') {
        $options += '--until', (ConvertTo-EngineTime -Time $Bound['Until'])
    }
    if ($Bound.Keys -contains 'Failure' -and $Bound['Failure']) {
        $options += '--failures'
    }
    return , [string[]] $options
}
