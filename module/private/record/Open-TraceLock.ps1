# Knows how one process at a time starts, steps or stops the recording: by a file that it holds open and shares with nobody. Windows
# closes it with the process, so no lock is left by one that died. The file itself stays, as removing it would race with who waits.

function Open-TraceLock {
    <#
    .SYNOPSIS
    The open file, to be disposed of. Throws System.TimeoutException where somebody else holds it.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileStream])]
    param([Parameter(Mandatory = $true)] [int] $TimeoutSeconds)

    $file = [System.IO.Path]::Combine((Get-DataFolder), 'trace.lock')
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try {
            return New-Object -TypeName System.IO.FileStream -ArgumentList $file, 'OpenOrCreate', 'ReadWrite', 'None'
        } catch {
            $failure = $_.Exception.GetBaseException()
            # A folder that is missing is an IOException too, and no reason to wait.
            if ($failure.GetType() -ne [System.IO.IOException]) { throw $failure }
            if ($clock.Elapsed.TotalSeconds -ge $TimeoutSeconds) {
                throw (New-Object -TypeName System.TimeoutException -ArgumentList "Another session has held '$file' for $TimeoutSeconds s.")
            }
        }
        Start-Sleep -Milliseconds 100
    }
}
