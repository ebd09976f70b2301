# Knows how captures come from other computers: by Invoke-Command, many at a time, and read here one by one as they arrive.

function Read-RemoteCapture {
    <#
    .SYNOPSIS
    What a cmdlet gives for each of the computers or sessions; one error for each that gave no capture.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Request)

    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        $message = 'In Constrained Language Mode other computers cannot be read from here.'
        return Write-Fault -Cmdlet $Request.Cmdlet -Fault (New-FaultRecord -Code 'remote-failed' -Message $message) -Terminating
    }
    $target = @{}
    foreach ($name in 'ComputerName', 'Session', 'Credential', 'ThrottleLimit') {
        if ($Request.Bound.Keys -contains $name) {
            $target[$name] = $Request.Bound[$name]
        }
    }
    $text = Get-CollectorText
    $arguments = $text.Functions, $text.Native, (Get-CollectorOption -Request $Request)
    $problems = $null
    $answered = @()
    Invoke-Command @target -ScriptBlock (Get-RemoteCollector) -ArgumentList $arguments -ErrorAction SilentlyContinue -ErrorVariable problems |
        ForEach-Object {
            $answered += $_.PSComputerName
            Read-ReceivedCapture -Request $Request -Capture $_
        }
    foreach ($problem in @($problems)) {
        $name = Get-ProblemOrigin -Problem $problem
        if ($answered -notcontains $name) {
            $answered += $name
            $fault = New-FaultRecord -Code 'remote-failed' -Message "$name could not be read: $($problem.Exception.Message)"
            Write-Fault -Cmdlet $Request.Cmdlet -Fault $fault -Target $name
        }
    }
}
