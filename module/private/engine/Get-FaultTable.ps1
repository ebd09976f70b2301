# Knows every reason for which a run has no result, and how PowerShell is to name it. The first group are the codes of
# engine/contract/stream.schema.json, whose records bring their own advice; the second are the module's own.

function Get-FaultTable {
    <#
    .SYNOPSIS
    Error code -> { Id, Category, Exception, Advice }. Id and Category are part of what users rely on: add, never rename.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $rows = @(
        , @('file-not-found', 'TraceFileNotFound', 'ObjectNotFound', 'System.IO.FileNotFoundException', '')
        , @('file-is-folder', 'TraceFileIsFolder', 'InvalidArgument', 'System.ArgumentException', '')
        , @('file-access-denied', 'TraceAccessDenied', 'PermissionDenied', 'System.UnauthorizedAccessException', '')
        , @('file-empty', 'TraceFileEmpty', 'InvalidData', 'System.IO.InvalidDataException', '')
        , @('file-not-a-trace', 'NotATrace', 'InvalidData', 'System.IO.InvalidDataException', '')
        , @('file-still-written', 'TraceStillWritten', 'ResourceBusy', 'System.IO.IOException', '')
        , @('file-read-failed', 'TraceReadFailed', 'ReadError', 'System.IO.IOException', '')
        , @('internal', 'EngineInternalError', 'NotSpecified', 'System.InvalidOperationException', '')

        , @('path-not-found', 'TraceFileNotFound', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'Check the path. If the name itself holds [ or ], give it with -LiteralPath.')
        , @('path-not-a-file', 'TraceNotOnFileSystem', 'InvalidArgument', 'System.ArgumentException',
            'Give the path of a file on a drive or a share.')
        , @('time-range-invalid', 'InvalidTimeRange', 'InvalidArgument', 'System.ArgumentException',
            'Give the earlier moment to -Since. A time without a zone is local time of this computer.')
        , @('engine-not-found', 'EngineNotFound', 'NotInstalled', 'System.IO.FileNotFoundException',
            ('Install the module again with all its files, or build it with: npm run build. Where it brings no executable ' +
            'for this platform, install Node.js 20 or later and put it on the PATH.'))
        , @('engine-start-failed', 'EngineStartFailed', 'ResourceUnavailable', 'System.InvalidOperationException',
            ('Check that this user may run the engine in the folder module/bin: on Windows an application control policy or ' +
            'antivirus can forbid it, on Linux the file may lack its execute permission (chmod +x).'))
        , @('engine-died', 'EngineDied', 'OperationStopped', 'System.InvalidOperationException',
            'Try again. If it happens again, report it with this message and, where you may share it, the file.')
        , @('engine-output-invalid', 'EngineOutputInvalid', 'InvalidResult', 'System.InvalidOperationException',
            'Install the module again, so that the module and its engine are of one version.')
        , @('contract-mismatch', 'ContractMismatch', 'InvalidResult', 'System.InvalidOperationException',
            'Install the module again, so that the module and its engine are of one version.')
    )
    $table = @{}
    foreach ($row in $rows) {
        $table[$row[0]] = @{ Id = $row[1]; Category = $row[2]; Exception = $row[3]; Advice = $row[4] }
    }
    return $table
}
