# Knows how one process at a time samples, registers or removes the watch: by a file that it holds open and shares with nobody. It is
# removed when it is closed, so that nothing of a watch stays; who has waited makes a new one.

function Open-WatchLock {
    <#
    .SYNOPSIS
    The open file, to be disposed of; $null where somebody else holds it for longer than -TimeoutSeconds.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileStream])]
    param([Parameter(Mandatory = $true)] [int] $TimeoutSeconds)

    $file = [System.IO.Path]::Combine((Get-DataFolder), 'watch.lock')
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try {
            return New-Object -TypeName System.IO.FileStream -ArgumentList $file, 'OpenOrCreate', 'ReadWrite', 'None', 1, ([System.IO.FileOptions]::DeleteOnClose)
        } catch {
            $failure = $_.Exception.GetBaseException()
            # Windows refuses access to a file that is about to go. A folder that is missing is an IOException too, and no reason to wait.
            $isBusy = $failure.GetType() -eq [System.IO.IOException] -or $failure -is [System.UnauthorizedAccessException]
            if (-not $isBusy) { throw $failure }
            if ($clock.Elapsed.TotalSeconds -ge $TimeoutSeconds) {
                return $null
            }
        }
        Start-Sleep -Milliseconds 100
    }
}
