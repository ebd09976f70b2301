# Knows that trace.json must never be half: it is written whole beside, and then takes its place in one step.

function Write-TraceState {
    <#
    .SYNOPSIS
    Keeps the state. Throws where that does not work.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $file = Get-TraceStatePath
    $made = "$file.new"
    try {
        [System.IO.File]::WriteAllText($made, (ConvertTo-Json -InputObject $State -Depth 6))
        Move-StateFile -Path $made -Destination $file
    } catch [System.Management.Automation.MethodInvocationException] {
        # What is for people: "There is not enough space on the disk", not which method of .NET was called.
        throw $_.Exception.GetBaseException()
    }
}
