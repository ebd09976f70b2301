# Loads the module: one function a file, private ones first. Importing defines functions and does nothing else, so that
# it stays fast on a machine in trouble; the manifest (PortExhaustion.psd1) decides which functions are seen outside.
# In Constrained Language Mode, where no method of .NET may be called, the files of private/constrained come last and take
# the place of functions of the same names.
Set-StrictMode -Version 3.0

$ModuleRoot = $PSScriptRoot

$folders = @(Get-ChildItem -LiteralPath "$ModuleRoot/private" -Directory | Where-Object { $_.Name -ne 'constrained' } |
        ForEach-Object { $_.FullName }) + "$ModuleRoot/public"
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    $folders += "$ModuleRoot/private/constrained"
}
foreach ($file in Get-ChildItem -LiteralPath $folders -Filter '*.ps1' -Recurse) {
    . $file.FullName
}
