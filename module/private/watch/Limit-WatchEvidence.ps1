# Knows that a watch must not fill the disk of the machine it is to help: of each kind only the newest stay.

function Limit-WatchEvidence {
    <#
    .SYNOPSIS
    Removes evidence beyond what is kept. Gives a sentence for each file that stays.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Folder)

    $constant = Get-WatchConstant
    foreach ($kind in @{ Name = 'Snapshot'; Most = $constant.MostSnapshots }, @{ Name = 'Trace'; Most = $constant.MostTraces }) {
        $files = @(Get-WatchEvidence -Folder $Folder -Kind $kind.Name)
        if ($files.Count -gt $kind.Most) {
            Remove-WatchEvidence -Path @($files | Select-Object -First ($files.Count - $kind.Most))
        }
    }
}
