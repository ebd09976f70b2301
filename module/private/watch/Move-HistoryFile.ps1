# Knows that somebody may be reading a history for days (Get-Content -Wait): Windows then lets go of what is in a file, not of the file.

function Move-HistoryFile {
    <#
    .SYNOPSIS
    Makes the history the older one, in place of that. Throws where neither way works.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $Destination
    )

    try {
        [System.IO.File]::Delete($Destination)
        [System.IO.File]::Move($Path, $Destination)
    } catch [System.Management.Automation.MethodInvocationException] {
        Write-Verbose -Message "'$Path' is copied, as it cannot be moved: $($_.Exception.GetBaseException().Message)"
        # Held before anything is copied, so that what is copied can also be emptied.
        $source = New-Object -TypeName System.IO.FileStream -ArgumentList $Path, 'Open', 'ReadWrite', 'ReadWrite'
        try {
            $target = New-Object -TypeName System.IO.FileStream -ArgumentList $Destination, 'Create', 'Write', 'ReadWrite'
            try {
                $source.CopyTo($target)
            } finally {
                $target.Dispose()
            }
            $source.SetLength(0)
        } finally {
            $source.Dispose()
        }
    }
}
