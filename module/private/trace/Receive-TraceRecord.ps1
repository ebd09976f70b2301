# Knows what a cmdlet does with each kind of record that a trace run brings (engine/contract/stream.schema.json,
# trace-report.schema.json, event.schema.json). Kinds it does not know come from a newer engine and are passed over.

function Receive-TraceRecord {
    <#
    .SYNOPSIS
    Takes the records of one file: results go down the pipeline, everything else to the streams of the calling cmdlet.
    .PARAMETER Cmdlet
    $PSCmdlet of the caller, so that errors carry its name and obey its -ErrorAction.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [psobject] $Record,
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [string] $Path,
        [switch] $Failure
    )

    begin {
        $shape = Get-TraceShape
        $fileName = Split-Path -Path $Path -Leaf
        $told = @{}
    }
    process {
        switch ($Record.kind) {
            'trace-report' {
                if (-not $Failure) {
                    Add-RecordType -Record $Record -TypeName 'PortExhaustion.TraceReport' -Shape $shape
                    $Record
                }
            }
            'rows' {
                if ($Failure -and $Record.of -eq 'failure') {
                    Add-RowType -Row $Record.rows -TypeName 'PortExhaustion.TraceFailureEvent'
                    $Record.rows
                }
            }
            'progress' { Write-TraceProgress -FileName $fileName -Progress $Record }
            'diagnostic' {
                $text = Format-TraceDiagnostic -FileName $fileName -Diagnostic $Record
                Write-Diagnostic -Told $told -Severity $Record.severity -Message $text
            }
            'error' { Write-Fault -Cmdlet $Cmdlet -Fault $Record -Target $Path -Noun 'Trace' }
        }
    }
    end {
        $hint = 'coverage.damage of the report has the first places of damage, and -Verbose shows every warning.'
        Write-Diagnostic -Told $told -Label "${fileName}: " -Hint $hint
    }
}
