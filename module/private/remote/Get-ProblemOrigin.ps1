# Knows where an error of Invoke-Command says which computer it is about: one that came from there in its origin, one about not
# getting there in its target (a name, or a session).

function Get-ProblemOrigin {
    <#
    .SYNOPSIS
    Name of the computer.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [object] $Problem)

    $origin = $Problem.PSObject.Properties['OriginInfo']
    if ($null -ne $origin -and $null -ne $origin.Value -and $origin.Value.PSComputerName) {
        return $origin.Value.PSComputerName
    }
    $target = $Problem.PSObject.Properties['TargetObject']
    if ($null -eq $target -or $null -eq $target.Value) {
        return 'A computer'
    }
    $computer = $target.Value.PSObject.Properties['ComputerName']
    if ($null -ne $computer) {
        return [string] $computer.Value
    }
    return [string] $target.Value
}
