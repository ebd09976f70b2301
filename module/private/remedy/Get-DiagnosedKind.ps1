# Knows which objects of this module have remedies.

function Get-DiagnosedKind {
    <#
    .SYNOPSIS
    'Verdict', 'TraceReport' or 'Comparison', also where the object comes from a file, a job or another computer; nothing for all others.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [psobject] $InputObject)

    foreach ($name in $InputObject.PSObject.TypeNames) {
        if ($name -match '^(?:Deserialized\.)?PortExhaustion\.(Verdict|TraceReport|Comparison)$') {
            return $Matches[1]
        }
    }
}
