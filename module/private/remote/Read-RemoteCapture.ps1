# Knows how captures of other computers are read: here, one by one as they arrive.

function Read-RemoteCapture {
    <#
    .SYNOPSIS
    What a cmdlet gives for each of the computers or sessions; one error for each that gave no capture.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Request)

    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        $message = 'In Constrained Language Mode other computers cannot be read from here.'
        return Write-Fault -Cmdlet $Request.Cmdlet -Fault (New-FaultRecord -Code 'remote-failed' -Message $message) -Terminating
    }
    $target = @{}
    foreach ($name in 'ComputerName', 'Session', 'Credential', 'ThrottleLimit') {
        if ($Request.Bound.Keys -contains $name) {
            $target[$name] = $Request.Bound[$name]
        }
    }
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
