# Knows what the cmdlet does with each kind of record that a run of explain brings (engine/contract/stream.schema.json,
# explanation.schema.json). Kinds it does not know come from a newer engine and are passed over.

function Receive-ErrorMeaning {
    <#
    .SYNOPSIS
    Takes the records of a run: meanings go down the pipeline, everything else to the streams of the cmdlet.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [psobject] $Record,
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet
    )

    begin {
        # A meaning is flat and holds no time.
        $shape = @{ Types = @{}; Times = @{} }
    }
    process {
        switch ($Record.kind) {
            'rows' {
                if ($Record.of -eq 'error-meaning') {
                    foreach ($meaning in @($Record.rows)) {
                        Add-RecordType -Record $meaning -TypeName 'PortExhaustion.ErrorMeaning' -Shape $shape
                        $meaning
                    }
                }
            }
            # Whoever asked gets no answer: that must not go unnoticed.
            'diagnostic' {
                if ($Record.severity -eq 'warning' -or $Record.code -eq 'nothing-recognised') {
                    Write-Warning -Message $Record.message
                } else {
                    Write-Verbose -Message $Record.message
                }
            }
            'error' { Write-Fault -Cmdlet $Cmdlet -Fault $Record -Target '' }
        }
    }
}
