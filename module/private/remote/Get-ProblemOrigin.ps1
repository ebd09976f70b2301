# Knows where an error of Invoke-Command says which computer it is about: one that came from there in its origin, one about not
# getting there in its target (a name, or a session). Where a single one is asked, it is that one: then neither may be there.

function Get-ProblemOrigin {
    <#
    .SYNOPSIS
    Name of the computer.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [object] $Problem,
        [Parameter(Mandatory = $true)] [hashtable] $Target
    )

    $asked = @(foreach ($name in $Target['ComputerName']) { $name }) + @(foreach ($session in $Target['Session']) { $session.ComputerName })
    if ($asked.Count -eq 1) {
        return [string] $asked[0]
    }
    $origin = $Problem.PSObject.Properties['OriginInfo']
    if ($null -ne $origin -and $null -ne $origin.Value -and $origin.Value.PSComputerName) {
        return $origin.Value.PSComputerName
    }
    $subject = $Problem.PSObject.Properties['TargetObject']
    if ($null -eq $subject -or $null -eq $subject.Value) {
        return 'A computer'
    }
    $computer = $subject.Value.PSObject.Properties['ComputerName']
    if ($null -ne $computer) {
        return [string] $computer.Value
    }
    return [string] $subject.Value
}
