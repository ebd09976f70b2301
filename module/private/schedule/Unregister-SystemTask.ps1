# Knows how a task goes. One that runs may remove itself. Unproved: that Task Scheduler lets its process come to its end; so it is the last
# that a step does. What its runs kept goes with it.

function Unregister-SystemTask {
    <#
    .SYNOPSIS
    Removes a task and what its runs compiled: { Succeeded, Reason }. One that is not there has been removed.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Name)

    $answer = Invoke-SchTasks -ArgumentList '/Delete', '/TN', $Name, '/F'
    if (-not $answer.Succeeded -and -not (Test-SystemTask -Name $Name)) { $answer.Succeeded = $true }
    Remove-NativeAssembly
    return $answer
}
