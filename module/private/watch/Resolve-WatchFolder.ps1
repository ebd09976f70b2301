# Knows where a watch may keep what it writes as SYSTEM: on a fixed drive of this machine, where nobody but administrators can write.

function Resolve-WatchFolder {
    <#
    .SYNOPSIS
    Makes the folder where it is missing: { IsMade, Fault }. With a fault no folder is left that was not there.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $result = New-Record -Value ([ordered]@{ IsMade = $false; Fault = $null })
    $drive = Get-DriveFact -Path $Path
    if ($drive.Type -ne 'Fixed') {
        $result.Fault = New-FaultRecord -Code 'trace-path-not-local' -Message "'$Path' is not on a fixed drive of this computer (its kind is $($drive.Type))." -Path $Path
        return $result
    }
    if ([System.IO.File]::Exists($Path)) {
        $result.Fault = New-FaultRecord -Code 'trace-folder-not-found' -Message "'$Path' is a file." -Path $Path
        return $result
    }
    if (-not [System.IO.Directory]::Exists($Path)) {
        try {
            New-ProtectedFolder -Path $Path
            $result.IsMade = $true
        } catch {
            $reason = $_.Exception.GetBaseException().Message
            $result.Fault = New-FaultRecord -Code 'trace-folder-not-writable' -Message "The folder '$Path' could not be made: $reason" -Path $Path
            return $result
        }
    }
    $result.Fault = Test-WatchFolder -Path $Path
    if ($null -ne $result.Fault -and $result.IsMade) { $null = Remove-EmptyFolder -Path $Path }
    return $result
}
