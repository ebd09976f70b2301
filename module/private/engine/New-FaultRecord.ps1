# Knows the shape of the contract's error record, for faults that the engine cannot report itself.

function New-FaultRecord {
    <#
    .SYNOPSIS
    A record of kind 'error' as engine/contract/stream.schema.json describes it, with the advice of Get-FaultTable.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Code,
        [Parameter(Mandatory = $true)] [string] $Message,
        [AllowNull()] [string] $Path
    )

    return New-Record -Value ([ordered]@{
            kind    = 'error'
            code    = $Code
            message = $Message
            advice  = (Get-FaultTable)[$Code].Advice
            path    = $Path
        })
}
