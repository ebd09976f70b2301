# Knows how to run the engine in Constrained Language Mode, where only PowerShell itself may start a program. It hands over
# what is in the pipe line by line, and ends the program when the pipeline is stopped.

function Invoke-Engine {
    <#
    .SYNOPSIS
    Runs the engine and hands its records down the pipeline, without hello and end.
    .NOTES
    A run that breaks its contract ends in one more record of kind 'error', like those that the engine writes itself.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [string[]] $ArgumentList
    )

    $contract = 1
    $lines = @()
    $all = @($Engine.Prefix) + $ArgumentList
    Write-Verbose -Message "Running $($Engine.FileName) $($all -join ' ')"
    # A program inherits all variables of this session; there is no other way to keep some from it here.
    $traps = @(Get-EngineTrap)
    try {
        foreach ($trap in $traps) {
            Remove-Item -LiteralPath "Env:$($trap.Name)" -WhatIf:$false -Confirm:$false
        }
        $lines = @(& $Engine.FileName $all)
    } catch {
        return New-FaultRecord -Code 'engine-start-failed' -Message "The engine does not start: $($_.Exception.Message)"
    } finally {
        foreach ($trap in $traps) {
            Set-Item -LiteralPath "Env:$($trap.Name)" -Value $trap.Value -WhatIf:$false -Confirm:$false
        }
    }
    $records = @($lines | ForEach-Object { ConvertFrom-EngineLine -Line $_ })
    if ($records.Count -eq 0 -and $lines.Count -eq 0) {
        return New-FaultRecord -Code 'engine-died' -Message "The engine ended with exit code $LASTEXITCODE before it was done."
    }
    if ($records.Count -lt $lines.Count -or $records[0].kind -ne 'hello') {
        return New-FaultRecord -Code 'engine-output-invalid' -Message 'The engine wrote a line that is no record.'
    }
    if ($records[0].contract -ne $contract) {
        return New-FaultRecord -Code 'contract-mismatch' -Message "Engine $($records[0].engine) speaks contract $($records[0].contract), this module speaks contract $contract."
    }
    $records | Where-Object { 'hello', 'end' -notcontains $_.kind }
    if ($records[-1].kind -ne 'end') {
        New-FaultRecord -Code 'engine-died' -Message "The engine ended with exit code $LASTEXITCODE before it was done."
    }
}
