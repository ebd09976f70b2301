# Knows which files are the history: of a folder history.1.csv, the older one, and history.csv.

function Find-HistoryFile {
    <#
    .SYNOPSIS
    { Path, Fault } for each file of a history that a path of a file or a folder means.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    foreach ($target in @(Resolve-InputPath -Path $Path -Folder)) {
        if ($null -ne $target.Fault) {
            $target.Fault = New-FaultRecord -Code 'history-not-found' -Message $target.Fault.message -Path $Path
            $target
            continue
        }
        $files = @($target.Path)
        if (Test-Path -LiteralPath $target.Path -PathType Container) {
            $files = @('history.1.csv', 'history.csv' | ForEach-Object { Join-Path -Path $target.Path -ChildPath $_ } | Where-Object { Test-Path -LiteralPath $_ -PathType Leaf })
            if ($files.Count -eq 0) {
                New-Record -Value ([ordered]@{ Path = $target.Path; Fault = (New-FaultRecord -Code 'history-not-found' -Message "There is no history.csv in '$($target.Path)'.") })
            }
        }
        foreach ($file in $files) {
            $fault = $null
            if (-not (Test-Path -LiteralPath $file -PathType Leaf)) {
                $fault = New-FaultRecord -Code 'history-not-found' -Message "There is no file '$file', or you may not see it." -Path $file
            }
            New-Record -Value ([ordered]@{ Path = $file; Fault = $fault })
        }
    }
}
