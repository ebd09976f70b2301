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
        [Parameter(Mandatory = $true)] [string] $FileName,
        [psobject] $Progress
    )

    # A number that nobody else is likely to use: two bars with one number take each other's place.
    $bar = @{ Id = 42314266; Activity = "Reading trace $FileName" }
    if ($null -eq $Progress) {
        Write-Progress @bar -Completed
        return
    }
    $status = 'Reading events'
    if ($Progress.phase -eq 'index') {
        $status = 'Finding the buffers'
    }
    Write-Progress @bar -Status $status -PercentComplete $Progress.percent
}
