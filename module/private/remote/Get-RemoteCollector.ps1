# Knows what happens on another computer: the collector is defined there, writes its capture, and only the capture's bytes come back.

function Get-RemoteCollector {
    <#
    .SYNOPSIS
    The script block to run there, with the texts of Get-CollectorText and the options of Save-PortCapture as arguments. It
    gives { Bytes, Name }, as bytes alone would come back one by one.
    .NOTES
    Works in Windows PowerShell 5.1 and PowerShell 7, and leaves no file behind.
    #>
    [CmdletBinding()]
    [OutputType([scriptblock])]
    param()

    return {
        param($Functions, $Native, $Options)
        Set-StrictMode -Version 3.0
        $ErrorActionPreference = 'Stop'
        . ([scriptblock]::Create($Functions))
        $fault = Test-PortCollector
        if ($fault) {
            throw $fault
        }
        $path = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "PortExhaustion-$([guid]::NewGuid().ToString('n')).zip")
        try {
            $capture = Save-PortCapture -Path $path -NativeSource $Native @Options
            [pscustomobject]@{ Bytes = [System.IO.File]::ReadAllBytes($path); Name = $capture.Machine.name }
        } finally {
            Remove-Item -LiteralPath $path -Force -ErrorAction Ignore
        }
    }
}
