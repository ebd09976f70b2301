# Knows how the compiled native code comes into its file: whole or not at all, whoever else does the same at that moment.

function Save-NativeAssembly {
    <#
    .SYNOPSIS
    Compiles C# into a file and removes what was kept for another text. Throws where that fails.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string] $Source,
        [Parameter(Mandatory = $true)] [string] $Path
    )

    $new = [System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($Path), "native-new-$([guid]::NewGuid().ToString('n')).dll")
    try {
        Add-Type -TypeDefinition $Source -OutputAssembly $new -OutputType Library -IgnoreWarnings -ErrorAction Stop
        Remove-NativeAssembly -Except $new
        [System.IO.File]::Move($new, $Path)
    } catch [System.IO.IOException] {
        if (-not [System.IO.File]::Exists($Path)) { throw }
    } finally {
        [System.IO.File]::Delete($new)
    }
}
