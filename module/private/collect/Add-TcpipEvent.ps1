# Knows how the events that tell of want of ports come into a capture. They are asked for by source and id; their text follows the display
# language.

function Add-TcpipEvent {
    <#
    .SYNOPSIS
    Adds the events of the last hours: id and time.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [int] $Hours
    )

    $answer = Invoke-EventQuery -Filter (Get-PortEventFilter -Since (Get-Date).AddHours(-$Hours))
    $Capture.Events = @(foreach ($one in $answer.Rows) {
            [ordered]@{ id = [int] $one.Id; time = ConvertTo-CaptureTime -Time $one.TimeCreated }
        })
    Add-CaptureArtifact -Capture $Capture -Name 'events' -Kind 'tcpip-event' -Status $answer.Status -Reason $answer.Reason
}
