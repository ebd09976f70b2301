# Knows what a cmdlet does with each kind of record that the engine's commands compare and growth bring (engine/contract/
# stream.schema.json, change.schema.json). Kinds it does not know come from a newer engine and are passed over.

function Receive-ChangeRecord {
    <#
    .SYNOPSIS
    Takes the records of one run: the comparison, or the rows of growth, go down the pipeline, the rest to the streams of the cmdlet.
    .PARAMETER Folder
    As in Compare-CaptureFile.
    .NOTES
    A run that ends in an error gives no answer: rows that did not come could be the ones that matter.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [psobject] $Record,
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [AllowNull()] [AllowEmptyString()] [string] $Folder,
        # What the records are about, for errors.
        [AllowNull()] [AllowEmptyString()] [string] $Target
    )

    begin {
        $comparison = $null
        $rows = @{ 'port-change' = @(); 'port-growth' = @() }
        $isFailed = $false
        $told = @{}
        $inFolder = $null
        if ($Folder) { $inFolder = (Join-Path -Path $Folder -ChildPath 'x') -replace 'x$' }
    }
    process {
        switch ($Record.kind) {
            'comparison' { $comparison = $Record }
            'rows' { if ($rows.ContainsKey($Record.of)) { $rows[$Record.of] += @($Record.rows) } }
            'progress' { Write-Progress -Activity (Get-ChangeActivity) -Status 'Reading' -PercentComplete $Record.percent }
            'diagnostic' {
                $text = $Record.message
                if ($Folder) { $text = $text.Replace($inFolder, '') }
                Write-Diagnostic -Told $told -Severity $Record.severity -Message $text
            }
            'error' {
                $isFailed = $true
                $about = $Target
                if ($Folder) { $Record.message = $Record.message.Replace($inFolder, '') } elseif ($Record.path) { $about = $Record.path }
                Write-Fault -Cmdlet $Cmdlet -Fault $Record -Target $about
            }
        }
    }
    end {
        Write-Diagnostic -Told $told -Label ''
        if ($isFailed) {
            return
        }
        if ($null -ne $comparison) {
            return ConvertTo-PortComparison -Comparison $comparison -Change $rows['port-change'] -Folder $Folder
        }
        $shape = Get-ChangeShape
        foreach ($one in $rows['port-growth']) {
            Add-RecordType -Record $one -TypeName 'PortExhaustion.PortGrowth' -Shape $shape
            Add-Member -InputObject $one -NotePropertyName 'source' -NotePropertyValue $Target
            $one
        }
    }
}
