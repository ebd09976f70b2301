# Knows when two paths are one file for a session: Windows tells apart neither case nor, in a session's properties, the prefix of an
# NT path (\??\) or of a long one (\\?\).

function Test-TracePath {
    <#
    .SYNOPSIS
    Whether a session's log file is this file.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [AllowNull()] [AllowEmptyString()] [string] $LogFile,
        [Parameter(Mandatory = $true)] [string] $Path
    )

    $prefix = '^\\(\?\?|\\\?)\\'
    return ($LogFile -replace $prefix) -eq ($Path -replace $prefix)
}
