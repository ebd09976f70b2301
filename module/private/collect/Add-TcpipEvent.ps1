# Knows the events that tell of want of ports: System log, source Tcpip, ids 4227, 4231 and 4266 (domain.md section 3.5). They are
# asked for by source and id; their text follows the display language.

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

    $about = @{ Capture = $Capture; Name = 'events'; Kind = 'tcpip-event' }
    if (-not (Get-Command -Name Get-WinEvent -ErrorAction Ignore)) {
        Add-CaptureArtifact @about -Status absent -Reason 'this session has no Get-WinEvent'
        return
    }
    $filter = @{ LogName = 'System'; ProviderName = 'Tcpip'; Id = 4227, 4231, 4266; StartTime = (Get-Date).AddHours(-$Hours) }
    try {
        $found = @(Get-WinEvent -FilterHashtable $filter -ErrorAction Stop)
    } catch {
        # For Get-WinEvent it is an error that nothing happened.
        $isNothing = $_.FullyQualifiedErrorId -like 'NoMatchingEventsFound*'
        $status = 'failed'
        if ($_.Exception -is [System.UnauthorizedAccessException]) { $status = 'refused' }
        $reason = "the System log could not be read: $($_.Exception.Message)"
        if ($isNothing) { $status = 'read'; $reason = $null }
        Add-CaptureArtifact @about -Status $status -Reason $reason
        return
    }
    $Capture.Events = @(foreach ($one in $found) {
            [ordered]@{ id = [int] $one.Id; time = ConvertTo-CaptureTime -Time $one.TimeCreated }
        })
    Add-CaptureArtifact @about -Status read
}
