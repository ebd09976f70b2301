# Knows how a user asks what changed between snapshots. The answer is that of the engine (engine/contract/change.schema.json); its shape
# as an object is in module/private/change/ConvertTo-PortComparison.ps1.

<#
.SYNOPSIS
Says which processes took ports between snapshots of one machine, how fast, and when the ports run out.

.DESCRIPTION
Compare-PortSnapshot compares two or more snapshots that New-PortSnapshot
took on one machine, at different moments. It gives one answer: how each
pool of ports changed (Growth), which process opened, closed and kept how
many (Changes), and what follows from it (Findings, Remedies).

A rate comes with the interval that holds the true rate in 95 of 100
cases. A time to exhaustion is told only where a pool grows by more than
chance explains; else it says that it is not growing. A rate of the past
is no promise: the time holds if it goes on like this.

Opened and closed are counted from snapshot to snapshot: a port that was
opened and closed between two of them is not seen, so both are at least
that many. The more snapshots, the narrower the interval.

Snapshots of different machines, or between which the machine was
restarted or its clock was set, are refused.

.PARAMETER Path
Snapshots of one machine: .zip files, a folder that New-PortSnapshot made
in Constrained Language Mode (or capture.json in it), or a folder that
holds .zip files. In any order, as they tell their time. Wildcards are
allowed.

.PARAMETER DifferencePath
More snapshots, to compare with those of -Path. Wildcards are allowed.

.PARAMETER LiteralPath
Snapshots by exact names: no character is a wildcard. Takes the files of
Get-ChildItem from the pipeline.

.INPUTS
System.String
A path, or an object with a property Path, LiteralPath, FullName, PSPath
or Source, as what Test-PortExhaustion gave of a snapshot. All that come
down the pipeline are compared together.

.OUTPUTS
PortExhaustion.Comparison
ComputerName, Captures (in their order of time), Minutes (between first
and last), Growth (one for each pool), Changes (one for each process and
protocol, the one that grew most first), Findings, Unchecked, Remedies,
Notes (what could not be compared, and why). Times are UTC.

.NOTES
Where a snapshot cannot be read, nothing is compared: the others alone
would give another answer. What to do is in
ErrorDetails.RecommendedAction of the error. Error ids (the part of
FullyQualifiedErrorId before the comma):

CapturesTooFew           One snapshot, or all of them of one moment.
CapturesOfTwoMachines    The snapshots are of different machines.
CapturesRestartBetween   The machine was restarted between them.
CapturesClockJump        The clock of the machine was set between them.
EvidenceFileNotFound     No such file, or nothing matches the wildcard.
EvidenceFileIsFolder     The path became a folder while it was read.
EvidenceNotOnFileSystem  The path is none of files, as in HKLM: or Env:.
EvidenceAccessDenied     This user may not read the file.
EvidenceFileEmpty        The file has no content.
EvidenceReadFailed       The system failed to read the file.
EvidenceFolderEmpty      The folder holds no snapshots.
EvidenceTooMany          More snapshots than can be read together.
CaptureDamaged           The snapshot cannot be unpacked.
CaptureInvalid           The file is no snapshot, or not as it should be.
CaptureVersionUnknown    The snapshot is of another version of the module.
CaptureTooLarge          The snapshot unpacks to more than is allowed.
EngineInternalError      The engine has a fault.
EngineDied               The engine stopped before it was done.
EngineStartFailed        The engine does not start.
EngineOutputInvalid      The engine wrote something that is no record.
ContractMismatch         Module and engine are of different versions.
EngineNotFound           The module has no engine for this computer.
SystemTooOld             The engine does not run on a Windows so old.
EngineError              An error that this module does not know.

In Constrained Language Mode the part after the comma is Write-Fault.

.EXAMPLE
Compare-PortSnapshot before.zip after.zip

What grew between the two, how fast, and when the ports run out.

.EXAMPLE
Get-ChildItem C:\Cases\web01\*.zip | Compare-PortSnapshot

The same over all snapshots of a folder.

.EXAMPLE
(Compare-PortSnapshot C:\Cases\web01).Changes | Where-Object trend -eq Growing | Format-Table

Only the processes that hold more and more ports.

.EXAMPLE
(Compare-PortSnapshot before.zip after.zip).Growth | Where-Object { $_.forecast.minutes -lt 60 }

The pools that are full within an hour, if it goes on like this.

.LINK
New-PortSnapshot

.LINK
Measure-PortChurn
#>
function Compare-PortSnapshot {
    [CmdletBinding(DefaultParameterSetName = 'Path', PositionalBinding = $false)]
    [OutputType('PortExhaustion.Comparison')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('ReferencePath')]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $Path,

        [Parameter(Position = 1, ParameterSetName = 'Path')]
        [SupportsWildcards()]
        [ValidateNotNullOrEmpty()]
        [string[]] $DifferencePath,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName', 'Source')]
        [ValidateNotNullOrEmpty()]
        [string[]] $LiteralPath
    )

    begin {
        $targets = @()
        $others = @()
        if ($PSBoundParameters.Keys -contains 'DifferencePath') {
            $others = @($DifferencePath | ForEach-Object { Resolve-ComparedCapture -Path $_ })
        }
    }
    process {
        $isLiteral = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($given in $PSBoundParameters[$PSCmdlet.ParameterSetName]) {
            $targets += @(Resolve-ComparedCapture -Path $given -Literal:$isLiteral)
        }
    }
    end {
        $engine = Get-EngineCommand
        $fault = Get-EngineFault -Engine $engine
        if ($null -ne $fault) {
            return Write-Fault -Cmdlet $PSCmdlet -Fault $fault -Target $ModuleRoot -Terminating
        }
        $targets += $others
        $bad = @($targets | Where-Object { $null -ne $_.Fault })
        foreach ($target in $bad) {
            Write-Fault -Cmdlet $PSCmdlet -Fault $target.Fault -Target $target.Path
        }
        $files = @()
        foreach ($target in $targets) {
            if (-not (Test-PathIn -Path $target.Path -List $files)) { $files += $target.Path }
        }
        if ($files.Count -gt 0 -and $bad.Count -eq 0) {
            Compare-CaptureFile -Cmdlet $PSCmdlet -Engine $engine -File $files
        }
    }
}
