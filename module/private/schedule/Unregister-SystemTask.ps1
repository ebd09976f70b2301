# Knows how a task goes. One that runs may remove itself: Task Scheduler lets its process come to its end.

function Unregister-SystemTask {
    <#
    .SYNOPSIS
    Removes a task: { Succeeded, Reason }. One that is not there has been removed.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Name)

    $answer = Invoke-SchTasks -ArgumentList '/Delete', '/TN', $Name, '/F'
    if (-not $answer.Succeeded -and -not (Test-SystemTask -Name $Name)) { $answer.Succeeded = $true }
    return $answer
}
