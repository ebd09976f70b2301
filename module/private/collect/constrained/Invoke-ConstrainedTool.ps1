# Knows how a tool of Windows is run for what it prints where .NET may not be called: Start-Process writes the bytes into a file.

function Invoke-ConstrainedTool {
    <#
    .SYNOPSIS
    As Invoke-InboxTool, with the output in -OutputFile, which is not there unless Status is 'read'. Bytes is always $null.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string[]] $ArgumentList,
        [Parameter(Mandatory = $true)] [string] $OutputFile,
        [int] $TimeoutSeconds = 10
    )

    $result = New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'absent'; Reason = "there is no $Name here"; Bytes = $null; ExitCode = $null; IsTimedOut = $false })
    $path = Join-Path -Path (Join-Path -Path $env:SystemRoot -ChildPath 'System32') -ChildPath $Name
    if (-not (Test-Path -LiteralPath $path)) {
        return $result
    }
    $result.Status = 'failed'
    try {
        $process = Start-Process -FilePath $path -ArgumentList $ArgumentList -NoNewWindow -PassThru -RedirectStandardOutput $OutputFile -ErrorAction Stop
        # Without its handle at hand a process that has ended does not tell its exit code.
        $null = $process.Handle
        Wait-Process -InputObject $process -Timeout $TimeoutSeconds -ErrorAction SilentlyContinue
        if (-not $process.HasExited) {
            Stop-Process -InputObject $process -Force -ErrorAction SilentlyContinue
            $result.IsTimedOut = $true
            $result.Reason = "$Name did not end within $TimeoutSeconds s"
        } elseif ($process.ExitCode -ne 0) {
            $result.Reason = "$Name ended with exit code $($process.ExitCode)"
        } elseif ((Get-Item -LiteralPath $OutputFile).Length -eq 0) {
            $result.Reason = "$Name printed nothing"
        } else {
            $result.Status = 'read'
            $result.Reason = $null
        }
        $result.ExitCode = $process.ExitCode
    } catch {
        $result.Reason = "${Name}: $($_.Exception.Message)"
    }
    if ($result.Status -ne 'read') {
        Remove-Item -LiteralPath $OutputFile -Force -ErrorAction Ignore
    }
    return $result
}
