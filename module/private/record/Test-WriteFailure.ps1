# Knows which errors tell of a file that could not be written. Any other is a mistake of this module and must be seen as it is.

function Test-WriteFailure {
    <#
    .SYNOPSIS
    Whether an exception, or what it wraps, is one of writing a file.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [System.Exception] $Exception)

    $cause = $Exception.GetBaseException()
    return $cause -is [System.IO.IOException] -or $cause -is [System.UnauthorizedAccessException]
}
