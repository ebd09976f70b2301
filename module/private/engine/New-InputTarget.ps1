# Knows what Resolve-InputPath hands on for a path: a file to read, or the reason why there is none.

function New-InputTarget {
    <#
    .SYNOPSIS
    { Path, Fault }: Fault is a record of kind 'error' where a code is given, else $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Path,
        [string] $Code,
        [string] $Message
    )

    $fault = $null
    if ($Code) {
        $fault = New-FaultRecord -Code $Code -Message $Message -Path $Path
    }
    return New-Record -Value ([ordered]@{ Path = $Path; Fault = $fault })
}
