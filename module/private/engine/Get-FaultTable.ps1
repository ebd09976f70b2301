# Knows every reason for which a run has no result, and how PowerShell is to name it. The first group are the codes of
# engine/contract/stream.schema.json, whose records bring their own advice; the second are the module's own, and those of comparisons,
# recordings and watches are in files of their own.

function Get-FaultTable {
    <#
    .SYNOPSIS
    Error code -> { Id, Category, Exception, Advice, Scope }. Id and Category are part of what users rely on: add, never
    rename.
    .PARAMETER Noun
    'Trace' or 'Evidence': what the files are that an error is about, the first word of many ids.
    .NOTES
    Scope says which cmdlets can meet it: engine (all that run it), file (with -Path), trace, evidence (files of a machine),
    capture (whatever reads one, also a live one), compare (several of them), snapshot (their files), remedy (what has some), live
    (this machine), remote (others), record (recordings of this machine), start, stop, task (what SYSTEM is to do), watch, history.
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
        , @('remedy', 'remedy-input', 'RemedyInputInvalid', 'InvalidArgument', 'System.ArgumentException',
            ('Give what Test-PortExhaustion, Read-PortTrace or Compare-PortSnapshot gave, or files of a machine: a snapshot, or the ' +
            'output of netstat and netsh.'))
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
    )
    $table = @{}
    foreach ($row in $rows + @(Get-ChangeFaultRow) + @(Get-RecordFaultRow) + @(Get-WatchFaultRow)) {
        $table[$row[1]] = @{ Scope = $row[0]; Id = $row[2]; Category = $row[3]; Exception = $row[4]; Advice = $row[5] }
    }
    return $table
}
