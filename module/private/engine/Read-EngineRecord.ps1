# Knows the order of the records of a run and the version of the contract that this module was written for
# (engine/contract/stream.schema.json: names are added without raising it, so an equal version is all it takes).

function Read-EngineRecord {
    <#
    .SYNOPSIS
    The records between hello and end, as they arrive; where the run breaks the contract, one record of kind 'error'.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $Session)

    $contract = 1
    $greeted = $false
    while ($null -ne ($line = Read-EngineLine -Session $Session)) {
        $record = ConvertFrom-EngineLine -Line $line
        if ($null -eq $record) {
            return New-FaultRecord -Code 'engine-output-invalid' -Message 'The engine wrote a line that is no record.'
        }
        if ($greeted) {
            if ($record.kind -eq 'end') {
                return Wait-EngineExit -Session $Session
            }
            $record
            continue
        }
        if ($record.kind -ne 'hello') {
            return New-FaultRecord -Code 'engine-output-invalid' -Message "The engine began with a record of kind '$($record.kind)' instead of 'hello'."
        }
        if ($record.contract -ne $contract) {
            return New-FaultRecord -Code 'contract-mismatch' -Message "Engine $($record.engine) speaks contract $($record.contract), this module speaks contract $contract."
        }
        $greeted = $true
    }
    Wait-EngineExit -Session $Session
    New-FaultRecord -Code 'engine-died' -Message (Get-EngineDeathNote -Session $Session)
}
