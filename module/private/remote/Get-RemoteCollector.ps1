# Knows what happens on another computer: the collector is defined there, writes its capture, and only the capture's bytes come back,
# or why there are none. Nothing is thrown there: where one computer is asked, Invoke-Command would throw it here again, whatever
# -ErrorAction says.

function Get-RemoteCollector {
    <#
    .SYNOPSIS
    The script block to run there, with the texts of Get-CollectorText and the options of Save-PortCapture as arguments. It
    gives { Bytes, Name, Fault }: bytes alone would come back one by one, and Fault is $null or a sentence.
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
        $answer = @{ Bytes = $null; Name = $null; Fault = $null }
        $path = $null
        try {
            . ([scriptblock]::Create($Functions))
            $answer.Fault = Test-PortCollector
            if (-not $answer.Fault) {
                $path = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "PortExhaustion-$([guid]::NewGuid().ToString('n')).zip")
                $capture = Save-PortCapture -Path $path -NativeSource $Native @Options
                $answer.Name = $capture.Machine.name
                $answer.Bytes = [System.IO.File]::ReadAllBytes($path)
            }
        } catch {
            $answer.Fault = $_.Exception.Message
        } finally {
            if ($path) { Remove-Item -LiteralPath $path -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false }
        }
        New-Object -TypeName PSObject -Property $answer
    }
}
