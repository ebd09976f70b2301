# Knows the parameter sets of the cmdlets that take files.

function Resolve-EvidenceInput {
    <#
    .SYNOPSIS
    The full paths of the files that one object of the input means; what means none is an error of the cmdlet.
    .NOTES
    For the process block: bound parameters change with each object of the pipeline.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound
    )

    $set = $Cmdlet.ParameterSetName
    if ('Path', 'LiteralPath' -notcontains $set) {
        return
    }
    foreach ($given in $Bound[$set]) {
        Resolve-EvidencePath -Cmdlet $Cmdlet -Path $given -Literal:($set -eq 'LiteralPath')
    }
}
