# Knows what time it is for a watch: one door, so that tests can let hours pass.

function Get-WatchTime {
    <#
    .SYNOPSIS
    Now, in UTC.
    #>
    [CmdletBinding()]
    [OutputType([datetime])]
    param()

    return [datetime]::UtcNow
}
