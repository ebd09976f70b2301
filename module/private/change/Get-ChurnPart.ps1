# Knows what a sample of a series reads. All samples of a series read the same, as what one sees and another does not would look like growth.
# Tables and ranges are the least; handles of all processes take seconds.

function Get-ChurnPart {
    <#
    .SYNOPSIS
    Parts of Save-PortCapture for a sample.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([switch] $Handle)

    if ($Handle) {
        return 'Tables', 'Handles', 'Settings'
    }
    return 'Tables', 'Settings'
}
