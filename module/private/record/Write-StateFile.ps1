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
        $bytes = (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false).GetBytes((ConvertTo-Json -InputObject $State -Depth 6))
        $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $made, 'Create', 'Write', 'None'
        try {
            $stream.Write($bytes, 0, $bytes.Length)
            # To the disk itself: otherwise a power cut can leave the new name with nothing but zeros in it.
            $stream.Flush($true)
        } finally {
            $stream.Dispose()
        }
        Move-StateFile -Path $made -Destination $Path
    } catch [System.Management.Automation.MethodInvocationException] {
        # What is for people: "There is not enough space on the disk", not which method of .NET was called.
        throw $_.Exception.GetBaseException()
    }
}
