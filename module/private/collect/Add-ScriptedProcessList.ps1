# Knows what tells of processes without native code: WMI with everything, or Get-Process, which knows no parents and, of other users'
# processes, no times.

function Add-ScriptedProcessList {
    <#
    .SYNOPSIS
    Adds the processes from WMI or Get-Process.
    .PARAMETER Reason
    Why the native list is missing.
    .PARAMETER MayOpen
    Processes may be opened: Get-Process does that for paths and times. WMI opens them in its own process, whoever asks.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [AllowNull()] [AllowEmptyString()] [string] $Reason,
        [switch] $MayOpen
    )

    $answer = Get-CimRow -Capture $Capture -Namespace 'root/cimv2' -ClassName 'Win32_Process'
    if ($answer.Status -eq 'read') {
        $Capture.Processes = @(foreach ($row in $answer.Rows) {
                [ordered]@{
                    processId = $row.ProcessId; parentId = $row.ParentProcessId; name = [string] $row.Name; path = $row.ExecutablePath
                    created = ConvertTo-CaptureTime -Time $row.CreationDate; session = $row.SessionId
                }
            })
        Add-CaptureArtifact -Capture $Capture -Name processes -Kind processes -Status read -Reason "from Win32_Process: $Reason"
        return
    }
    $plain = 'Id', 'ProcessName', 'SessionId'
    $Capture.Processes = @(foreach ($process in Get-Process -ErrorAction Ignore) {
            $one = Select-Object -InputObject $process -Property ($plain + @{ Name = 'Path'; Expression = { $null } }, @{ Name = 'StartTime'; Expression = { $null } })
            if ($MayOpen -and $one.ProcessName -ne 'lsass') {
                # Select-Object, as asking for the time of another user's process is an error otherwise.
                $one = Select-Object -InputObject $process -Property ($plain + 'Path', 'StartTime')
            }
            $name = $one.ProcessName
            if ($one.Path) { $name = Split-Path -Path $one.Path -Leaf }
            [ordered]@{
                processId = $one.Id; parentId = $null; name = [string] $name; path = $one.Path
                created = ConvertTo-CaptureTime -Time $one.StartTime; session = $one.SessionId
            }
        })
    Add-CaptureArtifact -Capture $Capture -Name processes -Kind processes -Status partial -Reason "from Get-Process, without parents: $Reason"
}
