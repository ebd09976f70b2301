# Knows: what a person would type after installing the module, and shows that with what comes of it.
param([Parameter(Mandatory)] [string] $Folder)
$ErrorActionPreference = 'Stop'

$root = Split-Path -Parent $PSScriptRoot
Set-Location -LiteralPath $root
$trace, $capture, $before, $after = 'leak.etl', 'srv01.zip', 'before.zip', 'after.zip' | ForEach-Object { Resolve-Path -LiteralPath (Join-Path $Folder $_) -Relative }
# Wide enough for the views, and the same with and without a terminal.
$width = 100

function Show-Answer {
    param([string] $Command, [object] $Answer)
    "PS> $Command"
    ($Answer | Out-String -Width $width).TrimEnd()
    ''
}

'PS> Import-Module ./PortExhaustion.psd1'
Import-Module ./PortExhaustion.psd1
$verdict = Test-PortExhaustion -Path $capture
Show-Answer "`$verdict = Test-PortExhaustion $capture; `$verdict" $verdict
Show-Answer '$verdict | Format-List' ($verdict | Format-List)
Show-Answer "`$verdict | Get-PortRemedy -First 1 | Format-List" ($verdict | Get-PortRemedy -First 1 | Format-List)
Show-Answer "Get-AfdHandleOwner $capture" (Get-AfdHandleOwner -Path $capture)
Show-Answer "Compare-PortSnapshot $before $after" (Compare-PortSnapshot $before $after)
Show-Answer 'Resolve-PortError 10055' (Resolve-PortError 10055)
$report = Read-PortTrace $trace
Show-Answer "Read-PortTrace $trace" $report
Show-Answer "Read-PortTrace $trace | Format-List" ($report | Format-List)
