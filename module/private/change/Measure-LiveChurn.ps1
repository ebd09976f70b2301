# Knows that captures of this machine are secrets (they name programs and addresses) and must not outlive the command.

function Measure-LiveChurn {
    <#
    .SYNOPSIS
    The PortExhaustion.Comparison of samples of this machine that are taken now.
    .NOTES
    The finally block runs on Ctrl+C too, and when a later command wants no more. It asks nobody, as Read-LiveCapture does not.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [int] $IntervalSeconds,
        [switch] $Handle
    )

    $fault = Get-LiveFault
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $Cmdlet -Fault $fault -Terminating
    }
    $folder = $null
    try {
        $problem = $null
        try {
            $folder = New-PrivateFolder
            $series = Save-ChurnSeries -Folder $folder -Count $Count -IntervalSeconds $IntervalSeconds -Handle:$Handle
            if ($series.Files.Count -lt 2) { $problem = "$($series.Files.Count) of $Count samples were taken, and a comparison needs two. $($series.Problem)" }
        } catch {
            $problem = $_.Exception.Message
        }
        if ($problem) {
            return Write-Fault -Cmdlet $Cmdlet -Fault (New-FaultRecord -Code 'live-failed' -Message "This computer could not be read: $problem")
        }
        Write-ChurnProgress
        Compare-CaptureFile -Cmdlet $Cmdlet -Engine $Engine -File $series.Files -Folder $folder
    } finally {
        if ($folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false
        }
        Write-ChurnProgress
    }
}
