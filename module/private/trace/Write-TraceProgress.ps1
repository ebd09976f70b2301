# Knows how the engine's phases (engine/contract/stream.schema.json) are called in front of a person.

function Write-TraceProgress {
    <#
    .SYNOPSIS
    Shows how far the reading of a file is; without -Progress it takes the bar away.
    .NOTES
    The bar must go in every case, also when a later command wants no more or the user stops the pipeline.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [string] $FileName,
        [psobject] $Progress
    )

    # A number that nobody else is likely to use: two bars with one number take each other's place.
    $barId = 42314266
    $bar = New-Object -TypeName System.Management.Automation.ProgressRecord -ArgumentList $barId, "Reading trace $FileName", 'Reading events'
    if ($null -eq $Progress) {
        $bar.RecordType = 'Completed'
    } else {
        if ($Progress.phase -eq 'index') {
            $bar.StatusDescription = 'Finding the buffers'
        }
        $bar.PercentComplete = $Progress.percent
    }
    $Cmdlet.WriteProgress($bar)
}
