# Knows how one process at a time does something: by a file that it holds open and shares with nobody. Windows closes it with the process,
# so no lock is left by one that died.

function Open-LockFile {
    <#
    .SYNOPSIS
    The open file, to be disposed of; $null where somebody else holds it for longer than -TimeoutSeconds.
    .PARAMETER Temporary
    The file goes when it is closed; who has waited makes a new one.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileStream])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [int] $TimeoutSeconds,
        [switch] $Temporary
    )

    $options = [System.IO.FileOptions]::None
    if ($Temporary) { $options = [System.IO.FileOptions]::DeleteOnClose }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try {
            return New-Object -TypeName System.IO.FileStream -ArgumentList $Path, 'OpenOrCreate', 'ReadWrite', 'None', 1, $options
        } catch {
            $failure = $_.Exception.GetBaseException()
            # A folder that is missing is an IOException too, and no reason to wait. Windows refuses access to a file that is about to go.
            $isBusy = $failure.GetType() -eq [System.IO.IOException] -or ($Temporary -and $failure -is [System.UnauthorizedAccessException])
            if (-not $isBusy) { throw $failure }
            if ($clock.Elapsed.TotalSeconds -ge $TimeoutSeconds) {
                return $null
            }
        }
        Start-Sleep -Milliseconds 100
    }
}
