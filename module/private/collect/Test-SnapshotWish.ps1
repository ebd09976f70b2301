# Knows how -WhatIf and -Confirm are obeyed. In Constrained Language Mode nobody may call a method of $PSCmdlet; -WhatIf, which
# PowerShell also hands on as a preference, is obeyed there, and -Confirm is not.

function Test-SnapshotWish {
    <#
    .SYNOPSIS
    Whether the user wants the file, after asking or telling where that is due.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Cmdlet,
        [Parameter(Mandatory = $true)] [string] $Target
    )

    if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
        return $Cmdlet.ShouldProcess($Target, 'Write what this machine says of its ports')
    }
    return -not $WhatIfPreference
}
