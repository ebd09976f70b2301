# Knows whose command lines are shown on a computer that is no Windows: one build of each form, the newest of its version. Windows 10 and
# 11 share one form; both are shown, as people look for theirs.

function Get-ExampleBuild {
    <#
    .SYNOPSIS
    { Name, Build } of Windows 7, 10 and 11.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    New-Record -Value ([ordered]@{ Name = 'Windows 7'; Build = 7601 })
    New-Record -Value ([ordered]@{ Name = 'Windows 10'; Build = 19045 })
    New-Record -Value ([ordered]@{ Name = 'Windows 11'; Build = 26100 })
}
