# Knows how captures of other computers are read: here, one by one as they arrive.

function Read-RemoteCapture {
    <#
    .SYNOPSIS
    What a cmdlet gives for each of the computers or sessions; one error for each that gave no capture.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Request)

    $fault = Get-RemoteFault
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $Request.Cmdlet -Fault $fault -Terminating
    }
    $target = Get-RemoteTarget -Bound $Request.Bound
    $text = Get-CollectorText
    $arguments = $text.Functions, $text.Native, (Get-CollectorOption -Request $Request)
    Invoke-RemoteCollector -Target $target -ArgumentList $arguments | ForEach-Object {
        if ($_.Fault) {
            $fault = New-FaultRecord -Code 'remote-failed' -Message "$($_.ComputerName) could not be read: $($_.Fault)"
            Write-Fault -Cmdlet $Request.Cmdlet -Fault $fault -Target $_.ComputerName
        } else {
            Read-ReceivedCapture -Request $Request -Capture $_
        }
    }
}
