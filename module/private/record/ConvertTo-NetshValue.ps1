# Knows how a value stands on netsh's command line. netsh.exe takes it apart by the rules of ConvertTo-NativeArgument. More is quoted
# than those rules ask for, as people paste the line into cmd, to which & or ( mean something.

function ConvertTo-NetshValue {
    <#
    .SYNOPSIS
    The value, in quotes where it holds anything but letters, digits and . _ - : \.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Value)

    if ($Value -match '^[A-Za-z0-9._:\\-]+$') {
        return $Value
    }
    return ConvertTo-NativeArgument -Argument $Value -Quote
}
