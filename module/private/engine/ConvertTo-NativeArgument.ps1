# Knows how a program's command line is taken apart again: the rules of CommandLineToArgvW and of the Microsoft C run time.
# .NET outside Windows splits ProcessStartInfo.Arguments by the same rules. ProcessStartInfo.ArgumentList, which would do
# this by itself, does not exist in the .NET Framework of Windows PowerShell 5.1.

function ConvertTo-NativeArgument {
    <#
    .SYNOPSIS
    One argument, quoted so that the program started gets exactly this text.
    .NOTES
    A backslash is special only in a row that ends at a quote: such a row is doubled, and a quote of the text gets one more.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Argument,
        # In quotes also where the program does not need them.
        [switch] $Quote
    )

    if (-not $Quote -and $Argument -notmatch '[\s"]' -and $Argument.Length -gt 0) {
        return $Argument
    }
    $escaped = $Argument -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1'
    return '"' + $escaped + '"'
}
