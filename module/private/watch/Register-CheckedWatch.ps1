# Knows in which order a watch comes to be: what makes it pointless is looked at first, then the folder, the state, and last the task.
# With a failure all is as it was.

function Register-CheckedWatch {
    <#
    .SYNOPSIS
    Registers the watch. Gives nothing, or the fault; then nothing is left that was not there.
    .PARAMETER Wish
    IntervalMinutes, Percent, OnBreach and Path of New-WatchState.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Wish,
        [switch] $Force
    )

    $fault = Get-EngineFault -Engine (Get-EngineCommand)
    if ($null -eq $fault) { $fault = Test-ModuleSafety }
    $data = Get-DataFolder
    $isDataNew = -not [System.IO.Directory]::Exists($data)
    if ($null -eq $fault) { $fault = Initialize-DataFolder }
    if ($null -ne $fault) {
        if ($isDataNew) { $null = Remove-EmptyFolder -Path $data }
        return $fault
    }
    $watchLock = $null
    try {
        $watchLock = Open-WatchLock -TimeoutSeconds 60
        if ($null -eq $watchLock) {
            $fault = New-FaultRecord -Code 'watch-busy' -Message 'A sample of the watch has been under way for a minute.'
        } else {
            $fault = Set-Watch -Wish $Wish -Force:$Force
        }
    } catch {
        if (-not (Test-WriteFailure -Exception $_.Exception)) { throw }
        $fault = New-FaultRecord -Code 'state-not-written' -Message "'$(Get-WatchStatePath)' could not be written: $($_.Exception.GetBaseException().Message)"
    } finally {
        if ($null -ne $watchLock) { $watchLock.Dispose() }
        if ($isDataNew -and $null -ne $fault) { $null = Remove-EmptyFolder -Path $data }
    }
    if ($null -eq $fault) {
        # The first one at once, so that whether samples come is seen in seconds. Not under the lock, which it needs.
        $answer = Start-SystemTask -Name (Get-WatchConstant).Task
        if (-not $answer.Succeeded) { Write-Warning -Message "The first sample could not be started: $($answer.Reason)" }
    }
    return $fault
}
