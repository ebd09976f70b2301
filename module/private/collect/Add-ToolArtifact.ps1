# Knows how the answer of a tool becomes an artifact, wherever its text is.

function Add-ToolArtifact {
    <#
    .SYNOPSIS
    Adds the answer that Get-ToolAnswer gave.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Entry,
        [Parameter(Mandatory = $true)] [psobject] $Answer,
        [AllowNull()] [object] $Protocol,
        [AllowNull()] [object] $Family
    )

    Add-CaptureArtifact -Capture $Capture -Name $Name -Kind $Kind -Status $Answer.Status -Reason $Answer.Reason -Entry $Entry -Bytes $Answer.Bytes -Protocol $Protocol -Family $Family
    if ($null -eq $Capture.Archive -and ($Answer.Status -eq 'read' -or $Answer.Status -eq 'partial')) {
        $Capture.Artifacts[-1].entry = $Entry
    }
}
