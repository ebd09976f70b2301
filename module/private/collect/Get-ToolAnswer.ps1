# Knows how the text of a tool comes into a capture: as bytes in memory, or, in Constrained Language Mode, straight into its file.

function Get-ToolAnswer {
    <#
    .SYNOPSIS
    { Status, Reason, Bytes } of a tool of the system folder; Bytes is $null where the text already stands in the capture's folder.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Entry,
        [Parameter(Mandatory = $true)] [string] $Tool,
        [Parameter(Mandatory = $true)] [string[]] $ArgumentList
    )

    if ($null -ne $Capture.Folder -and $null -eq $Capture.Archive) {
        return Invoke-ConstrainedTool -Name $Tool -ArgumentList $ArgumentList -OutputFile (Join-Path -Path $Capture.Folder -ChildPath $Entry)
    }
    return Invoke-InboxTool -Name $Tool -ArgumentList $ArgumentList
}
