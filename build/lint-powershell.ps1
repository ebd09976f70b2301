# Knows: how to check PowerShell files without running them: by bytes, tokens and syntax tree, with the rules of
# build/tools/PowerShellRules.ps1. Prints one line a finding and ends with 1 where there are any.
param(
    # Files or folders, separated by semicolons: -File on the command line passes no arrays.
    [Parameter(Mandatory)] [string] $Path
)
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'tools/PowerShellRules.ps1')

function New-Finding {
    param([string] $File, [int] $Line, [string] $Problem)
    '{0}:{1}: {2}' -f (Resolve-Path -LiteralPath $File -Relative), $Line, $Problem
}

function Test-FileText {
    param([string] $File)
    $lines = [IO.File]::ReadAllLines($File)
    if ($lines.Count -gt $script:MaxFileLines) { New-Finding $File $lines.Count "the file has more than $script:MaxFileLines lines" }
    for ($index = 0; $index -lt $lines.Count; $index++) {
        # 5.1 reads a file without a byte order mark in the code page of the machine.
        if ($lines[$index] -match '[^\x00-\x7F]') { New-Finding $File ($index + 1) 'a character that is not ASCII' }
    }
}

function Test-FileSyntax {
    param([string] $File)
    $tokens = $null
    $parseErrors = $null
    $tree = [Management.Automation.Language.Parser]::ParseFile($File, [ref] $tokens, [ref] $parseErrors)
    foreach ($parseError in $parseErrors) { New-Finding $File $parseError.Extent.StartLineNumber $parseError.Message }
    foreach ($token in $tokens) {
        foreach ($problem in Get-TokenProblem $token) { New-Finding $File $token.Extent.StartLineNumber $problem }
    }
    foreach ($node in $tree.FindAll({ $true }, $true)) {
        foreach ($problem in Get-NodeProblem $node) { New-Finding $File $node.Extent.StartLineNumber $problem }
    }
}

$files = Get-ChildItem -Path ($Path -split ';') -Recurse -File -Include '*.ps1', '*.psm1', '*.psd1'
$findings = foreach ($file in $files) {
    Test-FileText $file.FullName
    Test-FileSyntax $file.FullName
}
$findings
exit [int] (@($findings).Count -gt 0)
