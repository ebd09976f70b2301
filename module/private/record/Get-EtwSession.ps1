# Knows who tells which event trace sessions run and into which files: QueryAllTraces, which every Windows has, and CIM where no native
# code may be compiled. MSFT_EtwTraceSession is the class behind
# Microsoft's module EventTracingManagement. Unproved: namespace and LocalFilePath are from scripts that others published, LogFileMode
# and MaximumFileSize are assumed; without a path no session is taken for ours.

function Get-EtwSession {
    <#
    .SYNOPSIS
    { Status, Reason, Rows }; a row is { Name, LogFile, LogFileMode, MaximumFileSize }, LogFile is '' where a session writes none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $fault = Import-PortNative -Folder ([System.IO.Path]::Combine($ModuleRoot, 'native'))
    if (-not $fault) {
        $answer = Invoke-PortNative -Question TraceSessions
        return New-Record -Value ([ordered]@{ Status = $answer.Status; Reason = $answer.Reason; Rows = @($answer.Rows) })
    }
    $answer = Invoke-CimQuery -Namespace 'root/Microsoft/Windows/EventTracingManagement' -ClassName 'MSFT_EtwTraceSession'
    $reason = $answer.Reason
    if ($answer.Status -ne 'read') { $reason = "$fault; $reason" }
    $rows = foreach ($session in $answer.Rows) {
        New-Record -Value ([ordered]@{
                Name            = $session.Name
                LogFile         = [string] $session.LocalFilePath
                LogFileMode     = $session.LogFileMode
                MaximumFileSize = $session.MaximumFileSize
            })
    }
    return New-Record -Value ([ordered]@{ Status = $answer.Status; Reason = $reason; Rows = @($rows) })
}
