# Knows the one line that starts a recording. It is shown and run as it is, and it depends on nothing but what is given here. The order
# is that of the documentation; provider= and what belongs to it must come last, as each keywords= and level= is of the provider before.

function New-NetshCommandLine {
    <#
    .SYNOPSIS
    The command line of netsh.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [int] $Build,
        [ValidateSet('Lean', 'NetConnection')] [string] $Scenario = 'Lean',
        [switch] $Packets,
        [switch] $Overwrite,
        [int] $MaxSizeMB = 256
    )

    $words = @{ $true = 'yes'; $false = 'no' }
    $parts = @('netsh trace start')
    if ($Scenario -eq 'NetConnection') { $parts += 'scenario=NetConnection' }
    $parts += "capture=$($words[[bool] $Packets])"
    $parts += "traceFile=$(ConvertTo-NetshValue -Value $Path)"
    $parts += "maxSize=$MaxSizeMB", 'fileMode=circular', "overwrite=$($words[[bool] $Overwrite])"
    $parts += @(Get-NetshOption -Build $Build)
    if ($Scenario -eq 'Lean') {
        $parts += @(Get-TraceProvider -Build $Build | ForEach-Object { "provider=$($_.name) keywords=$($_.keywords) level=$($_.level)" })
    }
    return $parts -join ' '
}
