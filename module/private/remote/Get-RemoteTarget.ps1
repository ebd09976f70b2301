# Knows which parameters of the cmdlets say where to read; Invoke-Command calls them the same.

function Get-RemoteTarget {
    <#
    .SYNOPSIS
    Parameters of Invoke-Command, from those that a cmdlet was given.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound)

    $target = @{}
    foreach ($name in 'ComputerName', 'Session', 'Credential', 'ThrottleLimit') {
        if ($Bound.Keys -contains $name) {
            $target[$name] = $Bound[$name]
        }
    }
    return $target
}
