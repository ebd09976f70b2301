# Knows how a range stands in capture.json (engine/contract/capture.schema.json).

function ConvertTo-CaptureRange {
    <#
    .SYNOPSIS
    The range of the first row that has both numbers; nothing where none has.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [AllowNull()] [AllowEmptyCollection()] [object[]] $Row,
        [Parameter(Mandatory = $true)] [string] $Protocol,
        [Parameter(Mandatory = $true)] [string] $Start,
        [Parameter(Mandatory = $true)] [string] $Ports
    )

    foreach ($one in $Row) {
        # Older Windows does not have the properties at all.
        if ($one.PSObject.Properties[$Start] -and $one.PSObject.Properties[$Ports] -and $null -ne $one.$Start -and $null -ne $one.$Ports) {
            return [ordered]@{ protocol = $Protocol; family = $null; start = [int] $one.$Start; ports = [int] $one.$Ports }
        }
    }
}
