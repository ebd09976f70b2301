# Knows that the collector needs nothing of this module but the files of module/private/collect and module/native: so it can run
# where the module is not.

function Get-CollectorText {
    <#
    .SYNOPSIS
    { Functions, Native }: all functions of the collector as one script, and the texts of its C# files.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $scripts = Get-ChildItem -LiteralPath "$ModuleRoot/private/collect" -Filter '*.ps1' -Recurse
    $functions = foreach ($file in $scripts) {
        [System.IO.File]::ReadAllText($file.FullName)
    }
    $native = foreach ($file in Get-ChildItem -LiteralPath "$ModuleRoot/native" -Filter '*.cs') {
        [System.IO.File]::ReadAllText($file.FullName)
    }
    return New-Record -Value ([ordered]@{ Functions = $functions -join "`n"; Native = [string[]] $native })
}
