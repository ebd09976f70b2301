# Knows which records of a run answer which question, and that every answer says which machine it is about.

function ConvertTo-CaptureAnswer {
    <#
    .SYNOPSIS
    The objects that a cmdlet gives for one machine.
    .PARAMETER Row
    The rows of the question's kind; for pools, reservations and remedies they stand in the report.
    .PARAMETER Source
    The files that were read; $null for a machine that was read itself.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Report,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Row,
        [Parameter(Mandatory = $true)] [psobject] $Question,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound,
        [AllowNull()] [object] $Source
    )

    $shape = Get-CaptureShape
    Add-RecordType -Record $Report -TypeName 'PortExhaustion.CaptureReport' -Shape $shape
    foreach ($one in $Row) {
        Add-RecordType -Record $one -TypeName $Question.TypeName -Shape $shape
    }
    if ($Question.Name -eq 'verdict') {
        $verdict = ConvertTo-PortVerdict -Report $Report -Source $Source
        Add-RecordType -Record $verdict -TypeName $Question.TypeName -Shape @{ Types = @{}; Times = @{} }
        return $verdict
    }
    $rows = switch ($Question.Name) {
        'port-pool' { $Report.pools }
        'port-reservation' { $Report.reservations }
        'port-owner' { Select-OwnerRow -Row $Row -Bound $Bound -Measure 'ports' }
        'afd-owner' { Select-OwnerRow -Row $Row -Bound $Bound -Measure 'handles' }
        'remedy' { Select-Remedy -Remedy @($Report.remedies) -Bound $Bound }
        default { $Row }
    }
    foreach ($one in @($rows)) {
        Add-Member -InputObject $one -NotePropertyName 'computerName' -NotePropertyValue $Report.machine.name
        Add-Member -InputObject $one -NotePropertyName 'source' -NotePropertyValue $Source
        $one
    }
}
