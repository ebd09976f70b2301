# Knows an element of `artifacts` in capture.json (engine/contract/capture.schema.json): every question that was asked has one,
# also when nothing came of it.

function Add-CaptureArtifact {
    <#
    .SYNOPSIS
    Notes what came of a question, and writes its raw answer to the capture where there is one.
    .PARAMETER Entry
    File for the raw answer; used only together with an answer: -Bytes, -Text, or -Source, an object with WriteTo(Stream).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Status,
        [AllowNull()] [AllowEmptyString()] [string] $Reason,
        [string] $Entry,
        [AllowNull()] [object] $Bytes,
        [AllowNull()] [object] $Text,
        [AllowNull()] [object] $Source,
        [AllowNull()] [object] $Protocol,
        [AllowNull()] [object] $Family,
        [AllowNull()] [object] $TableClass
    )

    $hasAnswer = $null -ne $Bytes -or $null -ne $Text -or $null -ne $Source
    if ($hasAnswer) {
        Write-CaptureEntry -Capture $Capture -Entry $Entry -Bytes $Bytes -Text $Text -Source $Source
    }
    $artifact = [ordered]@{ name = $Name; kind = $Kind; status = $Status; reason = $null; entry = $null }
    # A [string] parameter makes '' of $null, which the contract does not mean.
    if ($Reason) { $artifact['reason'] = $Reason }
    if ($hasAnswer) { $artifact['entry'] = $Entry }
    $artifact['protocol'] = $Protocol
    $artifact['family'] = $Family
    $artifact['tableClass'] = $TableClass
    $Capture.Artifacts += New-Object -TypeName PSObject -Property $artifact
}
