# Knows what is left of a state: the file, and one that a process which died was about to put into its place.

function Remove-TraceState {
    <#
    .SYNOPSIS
    Forgets the recording, and removes the task that it has. Where there is none, nothing happens. Throws where the state stays.
    .NOTES
    The caller holds the lock: what another session has begun meanwhile is not to be forgotten.
    #>
    [CmdletBinding()]
    param([AllowNull()] [AllowEmptyString()] [string] $Task)

    if ($Task) { $null = Unregister-SystemTask -Name $Task }
    $file = Get-TraceStatePath
    Remove-StateFile -Path "$file.new"
    Remove-StateFile -Path $file
}
