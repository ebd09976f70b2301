# Knows `inspections` of capture.json and the artifact beside it, afd-handles.

function Add-AfdHandle {
    <#
    .SYNOPSIS
    Adds what the inspection of handles found, and how it went for each process.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [psobject] $Answer
    )

    $Capture.Inspections = @(foreach ($row in $Answer.Rows) {
            [ordered]@{
                processId   = $row.ProcessId
                status      = $row.Status
                fileHandles = $row.FileHandles
                inspected   = $row.Inspected
                refused     = $row.Refused
                afdHandles  = $row.AfdHandles
                queried     = $row.Queried
                timedOut    = $row.TimedOut
                error       = $row.Error
            }
        })
    Add-CaptureArtifact -Capture $Capture -Name 'afd-handles' -Kind 'afd-handles' -Status $Answer.Status -Reason $Answer.Reason -Entry 'afd-handles.bin' -Source $Answer.Source
}
