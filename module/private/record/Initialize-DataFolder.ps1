# Knows why the data folder needs a check: in ProgramData every user may make folders, so one of that name can be anybody's, and
# SYSTEM must not take its orders from it.

function Initialize-DataFolder {
    <#
    .SYNOPSIS
    Makes the data folder where it is missing. Gives nothing, or the fault for which it must not be used.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $folder = Get-DataFolder
    if (-not [System.IO.Directory]::Exists($folder)) {
        try {
            New-ProtectedFolder -Path $folder
        } catch {
            $reason = $_.Exception.GetBaseException().Message
            return New-FaultRecord -Code 'state-not-written' -Message "The folder '$folder' could not be made: $reason" -Path $folder
        }
    }
    # Also after it was made, as somebody else may have been faster.
    return Test-FolderSafety -Path $folder
}
