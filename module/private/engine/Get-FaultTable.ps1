# Knows every reason for which a run has no result, and how PowerShell is to name it. The first group are the codes of
# engine/contract/stream.schema.json, whose records bring their own advice; the second are the module's own.

function Get-FaultTable {
    <#
    .SYNOPSIS
    Error code -> { Id, Category, Exception, Advice, Scope }. Id and Category are part of what users rely on: add, never
    rename.
    .PARAMETER Noun
    'Trace' or 'Evidence': what the files are that an error is about, the first word of many ids.
    .NOTES
    Scope says which cmdlets can meet it: engine (all that run it), file (with -Path), trace, evidence (files of a machine),
    capture (whatever reads one, also a live one), live (this machine), remote (others), record (recordings of this machine),
    start, stop, task (what SYSTEM is to do), watch, history.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([string] $Noun = 'Evidence')

    $invalidData = 'System.IO.InvalidDataException'
    $invalidOperation = 'System.InvalidOperationException'
    $rows = @(
        , @('file', 'file-not-found', "${Noun}FileNotFound", 'ObjectNotFound', 'System.IO.FileNotFoundException', '')
        , @('file', 'file-is-folder', "${Noun}FileIsFolder", 'InvalidArgument', 'System.ArgumentException', '')
        , @('file', 'file-access-denied', "${Noun}AccessDenied", 'PermissionDenied', 'System.UnauthorizedAccessException', '')
        , @('file', 'file-empty', "${Noun}FileEmpty", 'InvalidData', $invalidData, '')
        , @('file', 'file-read-failed', "${Noun}ReadFailed", 'ReadError', 'System.IO.IOException', '')
        , @('trace', 'file-not-a-trace', 'NotATrace', 'InvalidData', $invalidData, '')
        , @('trace', 'file-still-written', 'TraceStillWritten', 'ResourceBusy', 'System.IO.IOException', '')
        , @('capture', 'capture-damaged', 'CaptureDamaged', 'InvalidData', $invalidData, '')
        , @('capture', 'capture-invalid', 'CaptureInvalid', 'InvalidData', $invalidData, '')
        , @('capture', 'capture-version', 'CaptureVersionUnknown', 'InvalidData', $invalidData, '')
        , @('capture', 'capture-too-large', 'CaptureTooLarge', 'LimitsExceeded', $invalidData, '')
        , @('evidence', 'captures-mixed', 'CapturesMixed', 'InvalidArgument', 'System.ArgumentException', '')
        , @('engine', 'internal', 'EngineInternalError', 'NotSpecified', $invalidOperation, '')

        , @('file', 'path-not-found', "${Noun}FileNotFound", 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'Check the path. If the name itself holds [ or ], give it with -LiteralPath.')
        , @('file', 'path-not-a-file', "${Noun}NotOnFileSystem", 'InvalidArgument', 'System.ArgumentException',
            'Give the path of a file on a drive or a share.')
        , @('trace', 'time-range-invalid', 'InvalidTimeRange', 'InvalidArgument', 'System.ArgumentException',
            'Give the earlier moment to -Since. A time without a zone is local time of this computer.')
        , @('evidence', 'folder-empty', 'EvidenceFolderEmpty', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'Give a folder that holds files. Folders inside of it are not looked at.')
        , @('evidence', 'too-many-files', 'EvidenceTooMany', 'LimitsExceeded', 'System.ArgumentException',
            'Give only the files that tell of ports: output of netstat and netsh, handle lists, events.')
        , @('live', 'live-not-possible', 'LiveReadNotSupported', 'NotImplemented', 'System.PlatformNotSupportedException',
            ('Run it on the Windows machine in question, or give files from there to -Path: a capture made by ' +
            'New-PortSnapshot, or the output of netstat and netsh.'))
        , @('live', 'live-failed', 'LiveReadFailed', 'ReadError', $invalidOperation,
            'Check that this user may write to the folder for temporary files and that its drive has room, then try again.')
        , @('remote', 'remote-failed', 'RemoteReadFailed', 'ConnectionError', $invalidOperation,
            ('Check with Test-WSMan that the machine takes remote commands. Or run New-PortSnapshot there and give its ' +
            'file to -Path here.'))
        , @('engine', 'engine-not-found', 'EngineNotFound', 'NotInstalled', 'System.IO.FileNotFoundException',
            ('Install the module again with all its files, or build it with: npm run build. Where it brings no executable ' +
            'for this platform, install Node.js 20 or later and put it on the PATH (for administrators only one in Program Files counts).'))
        , @('engine', 'system-too-old', 'SystemTooOld', 'NotImplemented', 'System.PlatformNotSupportedException',
            ('Run New-PortSnapshot here, and give its file (or any other file that is here) to the same command on Windows 10, ' +
            'Windows Server 2016 or later. New-PortSnapshot needs no engine.'))
        , @('engine', 'engine-start-failed', 'EngineStartFailed', 'ResourceUnavailable', $invalidOperation,
            ('Check that this user may run the engine in the folder module/bin: on Windows an application control policy or ' +
            'antivirus can forbid it, on Linux the file may lack its execute permission (chmod +x). A Windows older than 10 or ' +
            'Server 2016 may be too old: run New-PortSnapshot there, and give its file to this command on a newer machine.'))
        , @('engine', 'engine-died', 'EngineDied', 'OperationStopped', $invalidOperation,
            ('Try again. If it happens again on Windows 10, Server 2016 or later, report it with this message and, where you may ' +
            'share it, the file. On an older Windows run New-PortSnapshot, and give its file to this command on a newer machine.'))
        , @('engine', 'engine-output-invalid', 'EngineOutputInvalid', 'InvalidResult', $invalidOperation,
            'Install the module again, so that the module and its engine are of one version.')
        , @('engine', 'contract-mismatch', 'ContractMismatch', 'InvalidResult', $invalidOperation,
            'Install the module again, so that the module and its engine are of one version.')

        , @('record', 'record-not-windows', 'RecordNotSupported', 'NotImplemented', 'System.PlatformNotSupportedException',
            'Run it on the Windows machine in question. Start-PortTrace -WhatIf prints the command lines of netsh on any computer.')
        , @('record', 'full-language-needed', 'FullLanguageNeeded', 'SecurityError', $invalidOperation,
            ('An application control policy keeps this session in Constrained Language Mode. Start-PortTrace -WhatIf prints the ' +
            'command line of netsh: run it by hand, and New-PortSnapshot before and after it.'))
        , @('record', 'not-elevated', 'NotElevated', 'PermissionDenied', 'System.UnauthorizedAccessException',
            'Start PowerShell with "Run as administrator", then try again.')
        , @('record', 'state-damaged', 'TraceStateDamaged', 'InvalidData', $invalidData,
            ('Check with Get-PortTrace and netsh trace show status what runs, end it with netsh trace stop where it is yours, and ' +
            'delete the file that the message names.'))
        , @('record', 'state-not-written', 'TraceStateNotWritten', 'WriteError', 'System.IO.IOException',
            'Check that the drive has room and that administrators may write to the folder that the message names.')
        , @('record', 'trace-busy', 'TraceBusy', 'ResourceBusy', $invalidOperation,
            'Another session starts or stops a recording at this moment. Wait for it, then look with Get-PortTrace.')
        , @('record', 'sessions-unknown', 'TraceSessionsUnknown', 'ReadError', $invalidOperation,
            'Ask with netsh trace show status whether a recording runs. Without an answer nothing is started or stopped.')
        , @('start', 'netsh-not-found', 'NetshNotFound', 'NotInstalled', 'System.IO.FileNotFoundException',
            'This Windows has no netsh.exe in its system folder. Record with another tool; Read-PortTrace takes any .etl trace.')
        , @('start', 'trace-running', 'TraceAlreadyRunning', 'ResourceExists', $invalidOperation,
            'Look with Get-PortTrace, and end it with Stop-PortTrace first.')
        , @('start', 'foreign-trace-running', 'ForeignTraceRunning', 'ResourceBusy', $invalidOperation,
            ('Ask whoever runs it. Nobody but the user who started it can stop it, with: netsh trace stop. This module never stops a ' +
            'recording of others.'))
        , @('start', 'trace-path-invalid', 'TracePathInvalid', 'InvalidArgument', 'System.ArgumentException',
            'Give a path on a drive of this computer without the characters that the message names.')
        , @('start', 'trace-path-not-local', 'TracePathNotLocal', 'InvalidArgument', 'System.ArgumentException',
            'Give a path on a fixed drive of this computer: a recording must not depend on the network that it watches.')
        , @('start', 'trace-folder-not-found', 'TraceFolderNotFound', 'ObjectNotFound', 'System.IO.DirectoryNotFoundException',
            'Make the folder first, or leave out -Path: then the recording goes to a folder that only administrators can read.')
        , @('start', 'trace-folder-not-writable', 'TraceFolderNotWritable', 'PermissionDenied', 'System.UnauthorizedAccessException',
            'Give a folder that you may write to.')
        , @('start', 'trace-file-exists', 'TraceFileExists', 'ResourceExists', 'System.IO.IOException',
            'Give another path, or -Force to overwrite it.')
        , @('start', 'disk-full', 'TraceDiskFull', 'LimitsExceeded', 'System.IO.IOException',
            'Free some space, give a smaller -MaxSizeMB, or a -Path on another drive. netsh needs the size twice while it stops.')
        , @('start', 'trace-start-failed', 'TraceStartFailed', 'InvalidResult', $invalidOperation,
            'Nothing runs and nothing is left. What netsh printed is in the message; try its command line by hand.')
        , @('stop', 'no-trace', 'NoTraceRunning', 'ObjectNotFound', $invalidOperation,
            'Start-PortTrace starts a recording. This command stops no recording that it did not start.')
        , @('stop', 'trace-other-user', 'TraceOtherUser', 'PermissionDenied', 'System.UnauthorizedAccessException',
            'netsh lets only the user who started a recording stop it: run Stop-PortTrace as that user.')
        , @('stop', 'trace-vanished', 'TraceVanished', 'ResourceUnavailable', $invalidOperation,
            'Nothing is left to stop. Read-PortTrace reads the file that the message names, where there is one.')
        , @('stop', 'trace-stop-failed', 'TraceStopFailed', 'InvalidResult', $invalidOperation,
            'The recording still runs. Try again, or as the same user: netsh trace stop')
        , @('stop', 'trace-file-missing', 'TraceFileMissing', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'The recording has ended and nothing of it is left. Record again, with a -Path that nobody cleans up.')
        , @('task', 'module-not-safe', 'ModuleNotProtected', 'SecurityError', 'System.UnauthorizedAccessException',
            ('SYSTEM must not run what others than administrators can change. Copy the module to the Modules folder in Program ' +
            'Files\WindowsPowerShell and import it from there.'))
        , @('task', 'folder-not-safe', 'FolderNotProtected', 'SecurityError', 'System.UnauthorizedAccessException',
            ('SYSTEM must not write where others than administrators can. Give a -Path that only they can write to, or leave it ' +
            'out.'))
        , @('task', 'task-failed', 'ScheduledTaskFailed', 'InvalidResult', $invalidOperation,
            'Check that the service Schedule runs and that no policy forbids tasks of SYSTEM. Nothing was left behind.')
        , @('task', 'task-no-answer', 'ScheduledTaskNoAnswer', 'OperationTimeout', 'System.TimeoutException',
            ('Check with Get-PortTrace what came of it. An execution policy or antivirus may keep Windows PowerShell from ' +
            'running module/tasks as SYSTEM.'))
        , @('watch', 'watch-exists', 'WatchExists', 'ResourceExists', $invalidOperation,
            'Look with Get-PortWatch, and remove it with Unregister-PortWatch first, or give -Force to replace it.')
        , @('watch', 'no-watch', 'NoWatch', 'ObjectNotFound', $invalidOperation,
            'Register-PortWatch registers one.')
        , @('watch', 'watch-not-removed', 'WatchNotRemoved', 'WriteError', 'System.IO.IOException',
            'Remove what the message names by hand, or try again.')
        , @('history', 'history-not-found', 'HistoryNotFound', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'Give the path of a history.csv or of the folder that holds it. Register-PortWatch keeps one.')
        , @('history', 'history-invalid', 'HistoryInvalid', 'InvalidData', $invalidData,
            'Give a history.csv that Register-PortWatch wrote.')
    )
    $table = @{}
    foreach ($row in $rows) {
        $table[$row[1]] = @{ Scope = $row[0]; Id = $row[2]; Category = $row[3]; Exception = $row[4]; Advice = $row[5] }
    }
    return $table
}
