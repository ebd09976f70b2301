# Knows why a state is not taken on trust: a user who made the data folder before this module did would say by it which files are removed,
# which task is deleted and which recording is stopped, with the rights of whoever asks.

function Find-TraceState {
    <#
    .SYNOPSIS
    { State, Fault } of the recording; both $null where there is none. A folder that others can write to, and a state that is damaged, are
    faults.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $found = New-Record -Value ([ordered]@{ State = $null; Fault = $null })
    if ([System.IO.Directory]::Exists((Get-DataFolder))) { $found.Fault = Test-FolderSafety -Path (Get-DataFolder) }
    if ($null -ne $found.Fault) {
        return $found
    }
    try {
        $found.State = Read-TraceState
    } catch {
        $found.Fault = New-FaultRecord -Code 'state-damaged' -Message $_.Exception.GetBaseException().Message -Path (Get-TraceStatePath)
    }
    return $found
}
