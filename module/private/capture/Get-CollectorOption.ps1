# Knows how the parameters of the cmdlets are called by the collector (Save-PortCapture).

function Get-CollectorOption {
    <#
    .SYNOPSIS
    What to give Save-PortCapture besides a path: the parts that the question needs, and the limits that the user set.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] [psobject] $Request)

    $names = @{ TimeoutSeconds = 'TimeoutSeconds'; Hours = 'EventHours' }
    $options = @{ Part = $Request.Question.Parts }
    foreach ($name in $names.Keys) {
        if ($Request.Bound.Keys -contains $name) {
            $options[$names[$name]] = $Request.Bound[$name]
        }
    }
    return $options
}
