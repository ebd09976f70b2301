# Knows that a capture of this machine is a secret (it names programs and addresses) and must not outlive the command.

function Read-LiveCapture {
    <#
    .SYNOPSIS
    What a cmdlet gives for this machine as it is now.
    .NOTES
    The finally block runs on Ctrl+C too, and when a later command wants no more.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Request)

    $cmdlet = $Request.Cmdlet
    $reason = Test-PortCollector
    if ($reason) {
        return Write-Fault -Cmdlet $cmdlet -Fault (New-FaultRecord -Code 'live-not-possible' -Message $reason) -Terminating
    }
    $options = @{ Part = $Request.Question.Parts }
    foreach ($name in 'TimeoutSeconds', 'Hours') {
        if ($Request.Bound.Keys -contains $name) {
            $options[($name -replace '^Hours$', 'EventHours')] = $Request.Bound[$name]
        }
    }
    $folder = $null
    try {
        try {
            $folder = New-PrivateFolder
            $capture = Save-PortCapture -Path (Join-Path -Path $folder -ChildPath 'capture.zip') @options
        } catch {
            $message = "This machine could not be read: $($_.Exception.Message)"
            return Write-Fault -Cmdlet $cmdlet -Fault (New-FaultRecord -Code 'live-failed' -Message $message)
        }
        Read-CaptureFile -Request $Request -File $capture.Path -Label $capture.Machine.name
    } finally {
        if ($folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
        }
    }
}
