# Knows that a capture which came from another computer is as secret here as it was there.

function Read-ReceivedCapture {
    <#
    .SYNOPSIS
    What a cmdlet gives for one computer, from the { Bytes, Name } that came from there.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Request,
        [Parameter(Mandatory = $true)] [psobject] $Capture
    )

    $folder = $null
    try {
        $folder = New-PrivateFolder
        $path = Join-Path -Path $folder -ChildPath 'capture.zip'
        [System.IO.File]::WriteAllBytes($path, $Capture.Bytes)
        Read-CaptureFile -Request $Request -File $path -Label $Capture.Name
    } finally {
        if ($folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false
        }
    }
}
