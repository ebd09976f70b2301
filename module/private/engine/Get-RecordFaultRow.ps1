# Knows every reason for which a recording or a watch does not come to be or to its end, and what a person can do then. Codes of the
# module alone: the engine takes no part in either.

function Get-RecordFaultRow {
    <#
    .SYNOPSIS
    Rows of Get-FaultTable, each scope, code, id, category, exception, advice.
    #>
    [CmdletBinding()]
    [OutputType([object[]])]
    param()

    $invalidData = 'System.IO.InvalidDataException'
    $invalidOperation = 'System.InvalidOperationException'
    return @(
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
            'What netsh printed is in the message; try its command line by hand. Nothing is left, unless the message says so.')
        , @('stop', 'no-trace', 'NoTraceRunning', 'ObjectNotFound', $invalidOperation,
            'Start-PortTrace starts a recording. This command stops no recording that it did not start.')
        , @('stop', 'trace-other-user', 'TraceOtherUser', 'PermissionDenied', 'System.UnauthorizedAccessException',
            'netsh lets only the user who started a recording stop it: run Stop-PortTrace as that user.')
        , @('stop', 'trace-vanished', 'TraceVanished', 'ResourceUnavailable', $invalidOperation,
            'Nothing is left to stop. Read-PortTrace reads the file that the message names, where there is one.')
        , @('stop', 'trace-stop-failed', 'TraceStopFailed', 'InvalidResult', $invalidOperation,
            ('The recording still runs. Try again, or as the same user: netsh trace stop. Where netsh knows of none, logman query -ets ' +
            'shows the session, and logman stop NAME -ets ends it.'))
        , @('stop', 'trace-file-missing', 'TraceFileMissing', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'The recording has ended and nothing of it is left. Record again, with a -Path that nobody cleans up.')
        , @('stop', 'trace-not-removed', 'TraceNotRemoved', 'WriteError', 'System.IO.IOException',
            'The recording has ended. Remove by hand the files that the message names.')
    )
}
