# Knows how a task is looked for.

function Test-SystemTask {
    <#
    .SYNOPSIS
    Whether there is a task of this name.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [string] $Name)

    return (Invoke-SchTasks -ArgumentList '/Query', '/TN', $Name).Succeeded
}
