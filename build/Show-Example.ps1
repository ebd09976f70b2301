# Knows: what a person would type after installing the module, and shows that with what comes of it.
param([Parameter(Mandatory)] [string] $Path)
$ErrorActionPreference = 'Stop'

$root = Split-Path -Parent $PSScriptRoot
Set-Location -LiteralPath $root
$trace = Resolve-Path -LiteralPath $Path -Relative
# Wide enough for the views, and the same with and without a terminal.
$width = 100

'PS> Import-Module ./PortExhaustion.psd1'
Import-Module ./PortExhaustion.psd1
"PS> Read-PortTrace $trace"
$report = Read-PortTrace $trace
($report | Out-String -Width $width).TrimEnd()
''
"PS> Read-PortTrace $trace | Format-List"
($report | Format-List | Out-String -Width $width).TrimEnd()
