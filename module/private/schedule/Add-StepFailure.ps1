# Knows where a step that broke is told of: in the state, as nobody reads what a task prints.

function Add-StepFailure {
    <#
    .SYNOPSIS
    Adds the failure to the problems of the state. The caller holds the lock.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Message)

    try {
        $state = Read-TraceState
    } catch [System.IO.InvalidDataException] {
        # A damaged state is the failure itself, and Get-PortTrace says so.
        return
    }
    if ($null -ne $state) {
        $problems = New-Object -TypeName System.Collections.ArrayList
        $null = $problems.Add("A step failed: $Message")
        Add-TraceProblem -State $state -Problem $problems
    }
}
