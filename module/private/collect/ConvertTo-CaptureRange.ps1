# Knows how a range stands in capture.json (engine/contract/capture.schema.json).

function ConvertTo-CaptureRange {
    <#
    .SYNOPSIS
    The largest range of the rows that have both numbers, the first of several; nothing where none has.
    .NOTES
    There is a row for each template of TCP. A range for shared use of ports may be set for one of them alone; Microsoft's TSS takes the
    largest, too.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [AllowNull()] [AllowEmptyCollection()] [object[]] $Row,
        [Parameter(Mandatory = $true)] [string] $Protocol,
        [Parameter(Mandatory = $true)] [string] $Start,
        [Parameter(Mandatory = $true)] [string] $Ports
    )

    $largest = $null
    foreach ($one in $Row) {
        # Older Windows does not have the properties at all.
        if ($one.PSObject.Properties[$Start] -and $one.PSObject.Properties[$Ports] -and $null -ne $one.$Start -and $null -ne $one.$Ports) {
            if ($null -eq $largest -or [int] $one.$Ports -gt $largest.ports) {
                $largest = [ordered]@{ protocol = $Protocol; family = $null; start = [int] $one.$Start; ports = [int] $one.$Ports }
            }
        }
    }
    return $largest
}
