# Knows every reason for which a task of SYSTEM, a watch or its history does not come to be or cannot be read.

function Get-WatchFaultRow {
    <#
    .SYNOPSIS
    Rows of Get-FaultTable, as Get-RecordFaultRow gives them.
    #>
    [CmdletBinding()]
    [OutputType([object[]])]
    param()

    $invalidData = 'System.IO.InvalidDataException'
    $invalidOperation = 'System.InvalidOperationException'
    return @(
        , @('task', 'module-not-safe', 'ModuleNotProtected', 'SecurityError', 'System.UnauthorizedAccessException',
            ('SYSTEM must not run what others than administrators can change. Copy the module to the Modules folder in Program ' +
            'Files\WindowsPowerShell and import it from there.'))
        , @('task', 'folder-not-safe', 'FolderNotProtected', 'SecurityError', 'System.UnauthorizedAccessException',
            ('SYSTEM must not write, and no administrator must take a state from, where others than administrators can write. Give a ' +
            '-Path that only they can write to, or leave it out. Where the folder is PortExhaustion in ProgramData, let ' +
            'only administrators and SYSTEM have access to it if you know who made it, and remove it if you do not.'))
        , @('task', 'task-failed', 'ScheduledTaskFailed', 'InvalidResult', $invalidOperation,
            'Check that the service Schedule runs and that no policy forbids tasks of SYSTEM, then try again.')
        , @('task', 'task-no-answer', 'ScheduledTaskNoAnswer', 'OperationTimeout', 'System.TimeoutException',
            ('Check with Get-PortTrace what came of it. An execution policy or antivirus may keep Windows PowerShell from ' +
            'running module/tasks as SYSTEM.'))
        , @('watch', 'watch-exists', 'WatchExists', 'ResourceExists', $invalidOperation,
            'Look with Get-PortWatch, and remove it with Unregister-PortWatch first, or give -Force to replace it.')
        , @('watch', 'watch-damaged', 'WatchDamaged', 'InvalidData', 'System.IO.InvalidDataException',
            'Unregister-PortWatch removes what is left of the watch; then register it again.')
        , @('watch', 'watch-busy', 'WatchBusy', 'ResourceBusy', 'System.InvalidOperationException',
            'Wait for the sample to end, then try again. Get-PortWatch says when the last one ended.')
        , @('watch', 'no-watch', 'NoWatch', 'ObjectNotFound', $invalidOperation,
            'Register-PortWatch registers one.')
        , @('watch', 'watch-not-removed', 'WatchNotRemoved', 'WriteError', 'System.IO.IOException',
            'Remove what the message names by hand, or try again.')
        , @('history', 'history-not-found', 'HistoryNotFound', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'Give the path of a history.csv or of the folder that holds it. Register-PortWatch keeps one.')
        , @('history', 'history-invalid', 'HistoryInvalid', 'InvalidData', $invalidData,
            'Give a history.csv that Register-PortWatch wrote.')
    )
}
