# Knows that capture.json is the last file of a capture, since it says what came of all others.

function Complete-PortCapture {
    <#
    .SYNOPSIS
    Writes capture.json.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Tool
    )

    Write-CaptureEntry -Capture $Capture -Entry 'capture.json' -Text (ConvertTo-CaptureJson -Capture $Capture -Tool $Tool)
}
