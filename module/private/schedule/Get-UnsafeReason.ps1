# Knows that a path is only as safe as every folder on the way to it, and that a link on the way leads past what was looked at.

function Get-UnsafeReason {
    <#
    .SYNOPSIS
    Why others than administrators can change a file or folder, as a sentence; nothing where they cannot.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [switch] $Ancestor
    )

    try {
        $access = Get-AccessEntry -Path $Path
    } catch {
        return "Who can change '$Path' cannot be told: $($_.Exception.GetBaseException().Message)"
    }
    if ($access.IsLink) {
        return "'$Path' is a link to another place."
    }
    $sid = Get-UnsafeAccount -Access $access -Ancestor:$Ancestor -Root:(-not [System.IO.Path]::GetDirectoryName($Path))
    if ($sid) {
        return "$(ConvertTo-AccountName -Sid $sid) can change '$Path'."
    }
}
