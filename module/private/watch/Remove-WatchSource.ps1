# Knows when the source in the Application log is ours to remove: eventcreate.exe made it, after the watch was registered.

function Remove-WatchSource {
    <#
    .SYNOPSIS
    Removes the source. Gives a sentence where that does not work.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([switch] $Foreign)

    try {
        $source = Get-EventSource
        if ($null -ne $source -and $source.IsEventCreate -and -not $Foreign) { Remove-EventSource }
    } catch {
        "the source PortExhaustion of the Application log: $($_.Exception.GetBaseException().Message)"
    }
}
