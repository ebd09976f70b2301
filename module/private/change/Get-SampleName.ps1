# Knows how the samples of a series are called, in their files and by what is told of them. In Constrained Language Mode a sample is a
# folder with a capture.json.

function Get-SampleName {
    <#
    .SYNOPSIS
    Of a number, the name of its file without extension; of the path of a sample, the same.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Number')]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true, ParameterSetName = 'Number')] [int] $Number,
        [Parameter(Mandatory = $true, ParameterSetName = 'Path')] [string] $Path
    )

    if ($PSCmdlet.ParameterSetName -eq 'Number') {
        return "sample-$Number"
    }
    if ((Split-Path -Path $Path -Leaf) -eq 'capture.json') {
        return Split-Path -Path (Split-Path -Path $Path -Parent) -Leaf
    }
    return (Split-Path -Path $Path -Leaf) -replace '\.zip$'
}
