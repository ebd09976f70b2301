# Knows how a user reads what a watch has kept. The file, module/private/watch knows. Uses cmdlets and core types only, as it also runs
# in Constrained Language Mode.

<#
.SYNOPSIS
Reads the history that Register-PortWatch keeps: how full the pools were, and who held most.

.DESCRIPTION
Get-PortHistory gives an object for each pool of each sample, oldest
first: ready for Export-Csv and for a chart. It works on any computer,
also on one that the file was brought to.

The history is history.csv, and history.1.csv with what is older; each
has 4 MB at most. A line that a crash has cut off is passed over with a
warning.

TopProcessName with a first character that a spreadsheet would take for
the beginning of a formula (= + - @) has an apostrophe before it, in the
file and here: whoever may start programs may name them.

.PARAMETER Path
The folder that holds the history, or one file. Wildcards are allowed.
Without it, the history of this computer, which only administrators can
read.

.PARAMETER Since
Only samples of this time and later. A time without a zone is local time
of this computer.

.PARAMETER Last
Only that many rows, the newest.

.INPUTS
System.String
A path. Objects of Get-PortWatch also come down the pipeline.

.OUTPUTS
PortExhaustion.PortHistory
Time (UTC), Protocol, Family, Used, Capacity, UsedPercent, Level,
TopProcessId, TopProcessName, TopPorts (who held most ports, in both
protocols together), Note (events, breaches and what was done). What is
not known is $null.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

HistoryNotFound    There is no such file or folder, or no history in it,
                   or you may not read it.
HistoryInvalid     The file is something else.

.EXAMPLE
Get-PortHistory -Since (Get-Date).AddDays(-1)

The last day.

.EXAMPLE
Get-PortHistory | Export-Csv -Path C:\Temp\ports.csv -NoTypeInformation -Encoding UTF8

For a spreadsheet: a line chart over Time and UsedPercent shows the course.

.EXAMPLE
Get-PortHistory | Group-Object { $_.Time.ToString('yyyy-MM-dd') } | ForEach-Object { $_.Group | Sort-Object UsedPercent | Select-Object -Last 1 }

The peak of each day.

.EXAMPLE
Get-PortHistory -Path D:\Collected\web01 | Where-Object Note

What happened on another computer.

.LINK
Register-PortWatch

.LINK
Get-PortWatch
#>
function Get-PortHistory {
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('PortExhaustion.PortHistory')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [datetime] $Since,

        [ValidateRange(1, 2147483647)]
        [int] $Last
    )

    begin {
        $lines = @()
        $from = $null
        if ($PSBoundParameters.Keys -contains 'Since') { $from = $Since.ToUniversalTime() }
    }
    process {
        $paths = $Path
        if (-not $paths) { $paths = @(Get-DefaultHistoryFolder) }
        foreach ($file in @($paths | ForEach-Object { Find-HistoryFile -Path $_ })) {
            $fault = $file.Fault
            if ($null -eq $fault) {
                try {
                    $lines += @(Read-HistoryFile -Path $file.Path -Since $from)
                } catch {
                    $code = 'history-invalid'
                    if ($_.CategoryInfo.Category -eq 'PermissionDenied') { $code = 'history-not-found' }
                    $fault = New-FaultRecord -Code $code -Message $_.Exception.Message -Path $file.Path
                }
            }
            if ($null -ne $fault) { Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $file.Path }
        }
    }
    end {
        $most = $null
        if ($PSBoundParameters.Keys -contains 'Last') { $most = $Last }
        ConvertTo-PortHistory -Line @(Select-HistoryLine -Line $lines -Last $most)
    }
}
