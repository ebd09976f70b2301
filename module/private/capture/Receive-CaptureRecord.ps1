# Knows what a cmdlet does with each kind of record that a capture run brings (engine/contract/stream.schema.json,
# capture-report.schema.json). Kinds it does not know come from a newer engine and are passed over.

function Receive-CaptureRecord {
    <#
    .SYNOPSIS
    Takes the records of one machine: the answer goes down the pipeline, everything else to the streams of the cmdlet.
    .PARAMETER Label
    What warnings call the machine or its files.
    .NOTES
    A run that ends in an error gives no answer: rows that did not come could be the ones that matter.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [psobject] $Record,
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Question,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound,
        [Parameter(Mandatory = $true)] [string] $Label,
        [AllowNull()] [object] $Source
    )

    begin {
        $report = $null
        $rows = @()
        $isFailed = $false
        $told = @{}
    }
    process {
        switch ($Record.kind) {
            'capture-report' { $report = $Record }
            'rows' {
                if ($Record.of -eq $Question.Name) {
                    $rows += @($Record.rows)
                }
            }
            'diagnostic' {
                Write-Diagnostic -Told $told -Severity $Record.severity -Message "${Label}: $($Record.message)"
            }
            'error' {
                $isFailed = $true
                Write-Fault -Cmdlet $Cmdlet -Fault $Record -Target $Label
            }
        }
    }
    end {
        Write-Diagnostic -Told $told -Label "${Label}: "
        if ($isFailed -or $null -eq $report) {
            return
        }
        foreach ($note in @(Get-CoverageNote -Report $report -Question $Question)) {
            Write-Warning -Message "${Label}: $note"
        }
        ConvertTo-CaptureAnswer -Report $report -Row $rows -Question $Question -Bound $Bound -Source $Source
    }
}
