# Knows how a capture becomes the text of capture.json (engine/contract/capture.schema.json), in Constrained Language Mode as well.
# The text is ASCII with escapes: then UTF-8 without a byte order mark needs nothing that this mode forbids.

function ConvertTo-CaptureJson {
    <#
    .SYNOPSIS
    The JSON text of a capture.
    .PARAMETER Tool
    What writes it, as 'PortExhaustion 0.1.0'.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Tool
    )

    # [object[]] takes the wrapper off an array that came through a pipeline: ConvertTo-Json of Windows PowerShell 5.1 would
    # write such a one as { value, Count }.
    $manifest = [ordered]@{
        format          = 'portexhaustion-capture'
        contract        = 1
        tool            = $Tool
        machine         = $Capture.Machine
        artifacts       = [object[]] $Capture.Artifacts
        processes       = [object[]] $Capture.Processes
        services        = [object[]] $Capture.Services
        ranges          = [object[]] $Capture.Ranges
        autoReuseRanges = [object[]] $Capture.AutoReuseRanges
        settings        = $Capture.Settings
        events          = [object[]] $Capture.Events
        probes          = [object[]] $Capture.Probes
        inspections     = [object[]] $Capture.Inspections
    }
    $json = ConvertTo-Json -InputObject $manifest -Depth 6 -Compress
    # By number: compared as texts, some characters are equal to others by culture, and those would be left to become '?'.
    $codes = @{}
    foreach ($match in [regex]::Matches($json, '[^\x20-\x7E]')) {
        $codes[[int] [char] $match.Value] = $match.Value
    }
    foreach ($code in $codes.Keys) {
        $json = $json.Replace($codes[$code], ('\u{0:x4}' -f $code))
    }
    return $json
}
