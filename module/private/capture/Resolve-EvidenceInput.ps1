# Knows the parameter sets of the cmdlets that take files, and that a folder stands for the files in it.

function Resolve-EvidenceInput {
    <#
    .SYNOPSIS
    The full paths of the files that one object of the input means; what means none is an error of the cmdlet.
    .NOTES
    For the process block: bound parameters change with each object of the pipeline.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound
    )

    $set = $Cmdlet.ParameterSetName
    if ('Path', 'LiteralPath' -notcontains $set) {
        return
    }
    foreach ($given in $Bound[$set]) {
        foreach ($target in @(Resolve-InputPath -Path $given -Literal:($set -eq 'LiteralPath') -Folder)) {
            $fault = $target.Fault
            $files = @($target.Path)
            if ($null -eq $fault -and (Test-Path -LiteralPath $target.Path -PathType Container)) {
                $files = @(Get-ChildItem -LiteralPath $target.Path -File | ForEach-Object { $_.FullName })
                if ($files.Count -eq 0) {
                    $fault = New-FaultRecord -Code 'folder-empty' -Message "The folder '$($target.Path)' holds no files."
                }
            }
            if ($null -eq $fault) {
                $files
            } else {
                Write-Fault -Cmdlet $Cmdlet -Fault $fault -Target $target.Path
            }
        }
    }
}
