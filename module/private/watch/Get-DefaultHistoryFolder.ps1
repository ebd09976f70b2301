# Knows where the history of this machine lies: where its watch says, else where a watch puts it unless told otherwise. Constrained
# Language Mode knows the second only, as reading the state takes methods of .NET.

function Get-DefaultHistoryFolder {
    <#
    .SYNOPSIS
    Path of the folder, whether it is there or not.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        return "$env:ProgramData\PortExhaustion\Watch"
    }
    try {
        $state = Read-WatchState
        if ($null -ne $state) {
            return $state.path
        }
    } catch {
        Write-Verbose -Message "The state of the watch cannot be read: $($_.Exception.Message)"
    }
    return Get-DefaultWatchFolder
}
