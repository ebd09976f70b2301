# Knows the names of the platforms that the build makes executables for.

function Get-EnginePlatform {
    <#
    .SYNOPSIS
    'win-x64', 'linux-x64', or 'other' where only the bundle can run.
    .NOTES
    A 64-bit Windows starts a 64-bit executable from a 32-bit PowerShell too, and Windows 11 on Arm emulates x64; so what
    counts is the system, not this process.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ([System.Environment]::OSVersion.Platform -eq [System.PlatformID]::Win32NT) {
        if ([System.Environment]::Is64BitOperatingSystem) {
            return 'win-x64'
        }
        return 'other'
    }
    # Only PowerShell 7 comes here: RuntimeInformation is missing from the oldest .NET Framework that 5.1 runs on.
    $runtime = [System.Runtime.InteropServices.RuntimeInformation]
    # Not by a method: in Constrained Language Mode only properties and variables can be asked.
    $onLinux = Get-Variable -Name IsLinux -ValueOnly -ErrorAction Ignore
    if ($onLinux -and $runtime::OSArchitecture -eq 'X64') {
        return 'linux-x64'
    }
    return 'other'
}
