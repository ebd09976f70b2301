# Knows that a watch must not fill the disk of the machine it is to help: of each kind only the newest stay. What bears a moment that is yet
# to come is of a clock that was wrong, and no newer than anything: else it would stay for ever, and what is new would go at once.

function Limit-WatchEvidence {
    <#
    .SYNOPSIS
    Removes evidence beyond what is kept. Gives a sentence for each file that stays.
    .PARAMETER Time
    Now, in UTC.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Folder,
        [Parameter(Mandatory = $true)] [datetime] $Time
    )

    $constant = Get-WatchConstant
    foreach ($kind in @{ Name = 'Snapshot'; Most = $constant.MostSnapshots }, @{ Name = 'Trace'; Most = $constant.MostTraces }) {
        $newest = Get-EvidenceName -Kind $kind.Name -Time $Time
        $files = @(Get-WatchEvidence -Folder $Folder -Kind $kind.Name)
        $future = @($files | Where-Object { [System.IO.Path]::GetFileName($_) -gt $newest })
        $order = $future + @($files | Where-Object { $future -notcontains $_ })
        if ($order.Count -gt $kind.Most) {
            Remove-WatchEvidence -Path @($order | Select-Object -First ($order.Count - $kind.Most))
        }
    }
}
