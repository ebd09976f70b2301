# Knows how a tool of Windows is run for what it prints, as bytes: their code page is for the engine to find out. Only tools of the
# system folder, by full path, so that no program of another folder takes their place.

function Invoke-InboxTool {
    <#
    .SYNOPSIS
    Runs a program of the system folder: { Status, Reason, Bytes, Output, ExitCode, IsTimedOut }. It is ended after the time limit.
    .PARAMETER MustFinish
    Ctrl+C does not end the program, it is waited for: what must not be half done.
    .PARAMETER Activity
    What to show while it takes longer than a second. Nothing is shown without it.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string[]] $ArgumentList,
        [int] $TimeoutSeconds = 10,
        [string] $Folder = (Get-SystemFolder),
        [switch] $MustFinish,
        [string] $Activity
    )

    $result = New-Object -TypeName PSObject -Property ([ordered]@{ Status = 'absent'; Reason = "there is no $Name here"; Bytes = $null; Output = $null; ExitCode = $null; IsTimedOut = $false })
    $path = [System.IO.Path]::Combine($Folder, $Name)
    if (-not [System.IO.File]::Exists($path)) {
        return $result
    }
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo -ArgumentList $path, ($ArgumentList -join ' ')
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $result.Status = 'failed'
    $process = $null
    try {
        $process = [System.Diagnostics.Process]::Start($start)
        Receive-ToolOutput -Process $process -Result $result -TimeoutSeconds $TimeoutSeconds -MustFinish:$MustFinish -Activity $Activity
    } catch {
        $result.Reason = "${Name}: $($_.Exception.GetBaseException().Message)"
    } finally {
        if ($null -ne $process) { $process.Dispose() }
    }
    return $result
}
