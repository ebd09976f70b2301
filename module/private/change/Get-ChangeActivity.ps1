# Knows how a comparison is called in front of a person while it goes on.

function Get-ChangeActivity {
    <#
    .SYNOPSIS
    The activity of its progress bar.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return 'Comparing snapshots'
}
