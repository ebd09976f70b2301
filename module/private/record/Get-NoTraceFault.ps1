# Knows that who wants to stop a recording and has none may be looking for somebody else's.

function Get-NoTraceFault {
    <#
    .SYNOPSIS
    The fault where this module records nothing.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $message = 'This module records nothing on this machine.'
    $other = Get-ForeignTraceFault
    if ($null -ne $other -and $other.code -eq 'foreign-trace-running') { $message += " $($other.message)" }
    return New-FaultRecord -Code 'no-trace' -Message $message
}
