# Knows every reason for which captures cannot be compared. The first group are codes of engine/contract/stream.schema.json, whose records
# bring their own advice.

function Get-ChangeFaultRow {
    <#
    .SYNOPSIS
    Rows of Get-FaultTable, each scope, code, id, category, exception, advice.
    #>
    [CmdletBinding()]
    [OutputType([object[]])]
    param()

    $invalidData = 'System.IO.InvalidDataException'
    $invalidArgument = 'System.ArgumentException'
    return @(
        , @('compare', 'captures-too-few', 'CapturesTooFew', 'InvalidArgument', $invalidArgument, '')
        , @('compare', 'captures-different-machines', 'CapturesOfTwoMachines', 'InvalidArgument', $invalidArgument, '')
        , @('compare', 'captures-restart-between', 'CapturesRestartBetween', 'InvalidData', $invalidData, '')
        , @('compare', 'captures-clock-jump', 'CapturesClockJump', 'InvalidData', $invalidData, '')

        , @('snapshot', 'folder-without-captures', 'EvidenceFolderEmpty', 'ObjectNotFound', 'System.IO.FileNotFoundException',
            'Give snapshots that New-PortSnapshot wrote, or a folder that holds some. Folders inside of it are not looked at.')
        , @('snapshot', 'too-many-captures', 'EvidenceTooMany', 'LimitsExceeded', $invalidArgument,
            'Give fewer snapshots, such as the first, the last and some between, or keep them in a folder with a shorter path.')
    )
}
