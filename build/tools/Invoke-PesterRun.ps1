# Knows: how to run Pester files and leave the counts in a file. Used on Linux, on Windows and under Wine.
param(
    [Parameter(Mandatory)] [string] $PesterManifest,
    [Parameter(Mandatory)] [string] $ResultFile,
    # Folders or files, separated by semicolons: -File on the command line passes no arrays.
    [Parameter(Mandatory)] [string] $Path
)
$ErrorActionPreference = 'Stop'
Import-Module $PesterManifest

$configuration = New-PesterConfiguration
$configuration.Run.Path = @($Path -split ';')
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

# A file that could not be loaded has no failed tests, and still is a failure; so is a run that tested nothing.
$failed = $run.FailedCount + $run.FailedContainersCount
if ($failed -eq 0 -and ($run.Result -ne 'Passed' -or $run.TotalCount -eq 0)) { $failed = 1 }
$counts = @{ passed = $run.PassedCount; failed = $failed; skipped = $run.SkippedCount + $run.InconclusiveCount }
[IO.File]::WriteAllText($ResultFile, (ConvertTo-Json -InputObject $counts -Compress))
