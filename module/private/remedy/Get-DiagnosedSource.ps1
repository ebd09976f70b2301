# Knows where verdicts, reports of traces and comparisons say which machine and which files they are about.

function Get-DiagnosedSource {
    <#
    .SYNOPSIS
    { ComputerName, Source }: Source is a path, several for a comparison, or $null for a machine that was read itself.
    .NOTES
    A trace does not name its machine. The snapshots that were read beside it do.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $InputObject,
        [Parameter(Mandatory = $true)] [ValidateSet('Verdict', 'TraceReport', 'Comparison')] [string] $Kind
    )

    if ($Kind -eq 'TraceReport') {
        $names = @(foreach ($capture in $InputObject.captures) { if ($capture.used -and $capture.computer) { $capture.computer } })
        $computer = $null
        if ($names.Count -gt 0) { $computer = $names[0] }
        return New-Record -Value ([ordered]@{ ComputerName = $computer; Source = $InputObject.file })
    }
    if ($Kind -eq 'Comparison') {
        # Samples that Measure-PortChurn took have a name and no path: they are gone.
        $files = @(foreach ($capture in $InputObject.Captures) { if ($capture.file -match '[\\/]') { $capture.file } })
        if ($files.Count -eq 0) { $files = $null }
        return New-Record -Value ([ordered]@{ ComputerName = $InputObject.ComputerName; Source = $files })
    }
    return New-Record -Value ([ordered]@{ ComputerName = $InputObject.ComputerName; Source = $InputObject.Source })
}
