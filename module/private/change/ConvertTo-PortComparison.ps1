# Knows the shape of PortExhaustion.Comparison: what the engine says of several captures of one machine (engine/contract/
# change.schema.json), with the rows of its processes, under names like those of a verdict.

function ConvertTo-PortComparison {
    <#
    .SYNOPSIS
    The comparison of a record of kind 'comparison' and the rows of port-change that followed it.
    .PARAMETER Folder
    As in Compare-CaptureFile.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Comparison,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Change,
        [AllowNull()] [AllowEmptyString()] [string] $Folder
    )

    $shape = Get-ChangeShape
    Add-RecordType -Record $Comparison -TypeName 'PortExhaustion.Comparison' -Shape $shape
    foreach ($row in $Change) {
        Add-RecordType -Record $row -TypeName 'PortExhaustion.PortChange' -Shape $shape
    }
    $captures = @($Comparison.captures)
    $notes = @($Comparison.notes)
    $inFolder = Get-SeriesFolder -Path @(foreach ($capture in $captures) { $capture.file })
    if ($Folder) {
        $inFolder = (Join-Path -Path $Folder -ChildPath 'x') -replace 'x$'
        foreach ($capture in $captures) { $capture.file = Get-SampleName -Path $capture.file }
    }
    if ($inFolder) { $notes = @(foreach ($note in $notes) { $note.Replace($inFolder, '') }) }
    $names = @(foreach ($capture in $captures) { if ($capture.computer) { $capture.computer } })
    $computer = $null
    if ($names.Count -gt 0) { $computer = $names[0] }
    $result = New-Record -Value ([ordered]@{
            ComputerName = $computer
            Captures     = $captures
            Minutes      = $Comparison.minutes
            Growth       = @($Comparison.growth)
            Changes      = @($Change)
            Findings     = @($Comparison.findings)
            Unchecked    = @($Comparison.unchecked)
            Remedies     = @($Comparison.remedies)
            Notes        = $notes
        })
    Add-RecordType -Record $result -TypeName 'PortExhaustion.Comparison' -Shape @{ Types = @{}; Times = @{} }
    return $result
}
