# Knows that a capture of this machine is a secret (it names programs and addresses) and must not outlive the command.

function Read-LiveCapture {
    <#
    .SYNOPSIS
    What a cmdlet gives for this machine as it is now.
    .NOTES
    The finally block runs on Ctrl+C too, and when a later command wants no more. It asks nobody, whatever the session's
    preferences for -WhatIf and -Confirm say: they are about what the user asked for, and this is not.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Request)

    $cmdlet = $Request.Cmdlet
    $fault = Get-LiveFault
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $cmdlet -Fault $fault -Terminating
    }
    $options = Get-CollectorOption -Request $Request
    $activity = 'Reading this computer'
    $folder = $null
    try {
        try {
            $folder = New-PrivateFolder
            Write-Progress -Activity $activity -Status 'Tables, handles, settings, events'
            $capture = Save-PortCapture -Path (Join-Path -Path $folder -ChildPath 'capture.zip') @options
        } catch {
            $fault = New-FaultRecord -Code 'live-failed' -Message "This computer could not be read: $($_.Exception.Message)"
            return Write-Fault -Cmdlet $cmdlet -Fault $fault
        }
        Write-Progress -Activity $activity -Completed
        Read-CaptureFile -Request $Request -File $capture.Path -Label $capture.Machine.name
    } finally {
        if ($folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false
        }
        Write-Progress -Activity $activity -Completed
    }
}
