# Knows what an argument of a program must not hold in every PowerShell: Windows PowerShell in Constrained Language Mode hands quotes on as
# they are, which ends the argument, and so does a backslash at the end with the quote that PowerShell adds.

function ConvertTo-ErrorArgument {
    <#
    .SYNOPSIS
    A text that says the same to who looks for errors, without quotes, control characters and a backslash at the end.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true)] [AllowEmptyString()] [string] $Text)

    process {
        $plain = $Text -replace '"', "'" -replace '[\x00-\x1f]+', ' ' -replace '\\+\s*\z', ''
        # An empty argument is none in Windows PowerShell, and a hyphen alone is standard input to the engine.
        if (-not $plain.Trim(' -')) { $plain = '.' }
        return $plain
    }
}
