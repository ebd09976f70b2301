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
        $warnings = 0
        $warningLimit = 10
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
                $text = "${Label}: $($Record.message)"
                $warnings += [int] ($Record.severity -eq 'warning')
                if ($Record.severity -eq 'warning' -and $warnings -le $warningLimit) {
                    Write-Warning -Message $text
                } else {
                    Write-Verbose -Message $text
                }
            }
            'error' {
                $isFailed = $true
                Write-Fault -Cmdlet $Cmdlet -Fault $Record -Target $Label
            }
        }
    }
    end {
        if ($warnings -gt $warningLimit) {
            Write-Warning -Message "${Label}: $($warnings - $warningLimit) more warnings; -Verbose shows every one."
        }
        if ($isFailed -or $null -eq $report) {
            return
        }
        foreach ($note in @(Get-CoverageNote -Report $report -Question $Question)) {
            Write-Warning -Message "${Label}: $note"
        }
        ConvertTo-CaptureAnswer -Report $report -Row $rows -Question $Question -Bound $Bound -Source $Source
    }
}
