# Knows where a machine can be read at all: on Windows. OS is a variable that Windows sets for every process; asking .NET is not
# allowed in Constrained Language Mode.

function Test-PortCollector {
    <#
    .SYNOPSIS
    $null where this machine can be read, else the reason why not, as a sentence.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($env:OS -ne 'Windows_NT') {
        return 'live reading needs Windows'
    }
}
