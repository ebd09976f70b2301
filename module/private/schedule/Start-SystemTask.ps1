# Knows how a task is run at once.

function Start-SystemTask {
    <#
    .SYNOPSIS
    Asks Task Scheduler to run a task, and does not wait for it: { Succeeded, Reason }.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Name)

    return Invoke-SchTasks -ArgumentList '/Run', '/TN', $Name
}
