# Knows that a folder stands for the files in it.

function Resolve-EvidencePath {
    <#
    .SYNOPSIS
    The full paths of the files that one path means; where it means none, an error of the cmdlet.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Path,
        [switch] $Literal
    )

    foreach ($target in @(Resolve-InputPath -Path $Path -Literal:$Literal -Folder)) {
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
