# Knows that a 32-bit process gets a handle table with cut pointers on 64-bit Windows, and where the right PowerShell lies.
# Knowledge comes from: handles.md section 1 (WOW64); sysnative is how a 32-bit process names the real system folder.

function Get-BitnessFault {
    <#
    .SYNOPSIS
    $null where handles can be read in this process, else why not and what to do, as a sentence.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [bool] $Is64BitSystem = [System.Environment]::Is64BitOperatingSystem,
        [bool] $Is64BitProcess = [System.Environment]::Is64BitProcess
    )

    if ($Is64BitSystem -and -not $Is64BitProcess) {
        return 'a 32-bit process cannot read handles of 64-bit Windows: run %windir%\sysnative\WindowsPowerShell\v1.0\powershell.exe'
    }
}
