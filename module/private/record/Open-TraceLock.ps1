# Knows the lock of whoever starts, steps or stops the recording. Its file stays, as removing it would race with who waits.

function Open-TraceLock {
    <#
    .SYNOPSIS
    The open file, to be disposed of. Throws System.TimeoutException where somebody else holds it.
    #>
    [CmdletBinding()]
    [OutputType([System.IO.FileStream])]
    param([Parameter(Mandatory = $true)] [int] $TimeoutSeconds)

    $file = [System.IO.Path]::Combine((Get-DataFolder), 'trace.lock')
    $lock = Open-LockFile -Path $file -TimeoutSeconds $TimeoutSeconds
    if ($null -eq $lock) {
        throw (New-Object -TypeName System.TimeoutException -ArgumentList "Another session has held '$file' for $TimeoutSeconds s.")
    }
    return $lock
}
