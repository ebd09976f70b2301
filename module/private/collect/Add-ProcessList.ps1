# Knows `processes` of capture.json, from the native list or from what PowerShell can tell without it.

function Add-ProcessList {
    <#
    .SYNOPSIS
    Adds the processes that run now. Gives the rows of the native list, which the inspection of handles needs; none without it.
    .PARAMETER MayOpen
    Processes may be opened for what only that tells: the path of each, but that of lsass.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [AllowNull()] [AllowEmptyString()] [string] $Fault,
        [switch] $MayOpen
    )

    $answer = $null
    if (-not $Fault) {
        $answer = Invoke-PortNative -Question Processes -Argument $MayOpen.IsPresent
    }
    if ($null -eq $answer -or $answer.Status -ne 'read') {
        $reason = $Fault
        if ($null -ne $answer) { $reason = $answer.Reason }
        Add-ScriptedProcessList -Capture $Capture -Reason $reason -MayOpen:$MayOpen
        return
    }
    $Capture.Processes = @(foreach ($row in $answer.Rows) {
            [ordered]@{
                processId = $row.ProcessId
                parentId  = $row.ParentId
                name      = $row.Name
                path      = $row.Path
                created   = ConvertTo-CaptureTime -Time $row.Created
                session   = $row.Session
            }
        })
    Add-CaptureArtifact -Capture $Capture -Name processes -Kind processes -Status read
    $answer.Rows
}
