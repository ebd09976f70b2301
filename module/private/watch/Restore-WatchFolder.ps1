# Knows that somebody may have tidied up the folder of a watch, which then goes on in a new one, and that SYSTEM looks at it each time.

function Restore-WatchFolder {
    <#
    .SYNOPSIS
    Makes the folder of a watch where it is missing. Gives nothing, or the fault for which it must not be written to. One that cannot be
    made is no such fault: the history says why.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    try {
        if (-not [System.IO.Directory]::Exists($Path)) { New-ProtectedFolder -Path $Path }
    } catch {
        Write-Verbose -Message "'$Path' could not be made: $($_.Exception.GetBaseException().Message)"
        return
    }
    return Test-WatchFolder -Path $Path
}
