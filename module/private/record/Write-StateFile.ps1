# Knows that a state must never be half: it is written whole beside, and then takes its place in one step.

function Write-StateFile {
    <#
    .SYNOPSIS
    Keeps a state in a file. Throws where that does not work.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [psobject] $State
    )

    $made = "$Path.new"
    try {
        [System.IO.File]::WriteAllText($made, (ConvertTo-Json -InputObject $State -Depth 6))
        Move-StateFile -Path $made -Destination $Path
    } catch [System.Management.Automation.MethodInvocationException] {
        # What is for people: "There is not enough space on the disk", not which method of .NET was called.
        throw $_.Exception.GetBaseException()
    }
}
