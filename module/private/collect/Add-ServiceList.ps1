# Knows `services` of capture.json: which services run in which process.

function Add-ServiceList {
    <#
    .SYNOPSIS
    Adds the running services, natively or from WMI.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [AllowNull()] [AllowEmptyString()] [string] $Fault
    )

    if ($Fault) {
        $answer = Get-CimRow -Capture $Capture -Namespace 'root/cimv2' -ClassName 'Win32_Service' -Filter "State = 'Running'"
    } else {
        $answer = Invoke-PortNative -Question Services
    }
    $Capture.Services = @(foreach ($row in $answer.Rows) {
            [ordered]@{ processId = $row.ProcessId; name = [string] $row.Name }
        })
    Add-CaptureArtifact -Capture $Capture -Name services -Kind services -Status $answer.Status -Reason $answer.Reason
}
