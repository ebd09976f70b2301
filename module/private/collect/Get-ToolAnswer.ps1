# Knows how the text of a tool comes into a capture: as bytes in memory, or, in Constrained Language Mode, straight into its file;
# and that a tool which did not end once is not run again: a machine in trouble must not be waited for again and again.

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

    if ($null -ne $Capture.Silent[$Tool]) {
        return New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'failed'; Reason = "not asked again: $($Capture.Silent[$Tool])"; Bytes = $null })
    }
    if ($null -ne $Capture.Folder -and $null -eq $Capture.Archive) {
        $answer = Invoke-ConstrainedTool -Name $Tool -ArgumentList $ArgumentList -OutputFile (Join-Path -Path $Capture.Folder -ChildPath $Entry)
    } else {
        $answer = Invoke-InboxTool -Name $Tool -ArgumentList $ArgumentList
    }
    if ($answer.IsTimedOut) { $Capture.Silent[$Tool] = $answer.Reason }
    return $answer
}
