# Knows how a program is started with its output redirected, in a way that .NET Framework and .NET do alike. No other
# function of the module starts a process.

function Open-EngineSession {
    <#
    .SYNOPSIS
    Starts a program and begins to read both of its outputs: { Process, Line, Noise, NoiseBuffer, Tail }.
    .NOTES
    Throws System.ComponentModel.Win32Exception where the program cannot be started. Close-EngineSession must follow.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $FileName,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $ArgumentList
    )

    $quoted = foreach ($argument in $ArgumentList) {
        ConvertTo-NativeArgument -Argument $argument
    }
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList $FileName, ($quoted -join ' ')
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($trap in Get-EngineTrap) {
        $start.EnvironmentVariables.Remove($trap.Name)
    }
    # Without these two, Windows PowerShell reads the streams in the code page of its console.
    $start.StandardOutputEncoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
    $start.StandardErrorEncoding = $start.StandardOutputEncoding
    try {
        $process = [System.Diagnostics.Process]::Start($start)
    } catch [System.Management.Automation.MethodInvocationException] {
        throw $_.Exception.InnerException
    }
    # The engine must never wait for somebody to type.
    $process.StandardInput.Close()
    $buffer = New-Object -TypeName char[] -ArgumentList 4096
    return [pscustomobject]@{
        Process     = $process
        Line        = $process.StandardOutput.ReadLineAsync()
        Noise       = $process.StandardError.ReadAsync($buffer, 0, $buffer.Length)
        NoiseBuffer = $buffer
        Tail        = ''
    }
}
