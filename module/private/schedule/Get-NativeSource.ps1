# Knows the C# of this module as one text, and by which name its compiled form can be told from that of another text or another
# PowerShell.

function Get-NativeSource {
    <#
    .SYNOPSIS
    { Text, Name }: all of module/native, and the name of the file that its compiled form is kept under.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $files = [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($ModuleRoot, 'native'), '*.cs')
    [array]::Sort($files, [System.StringComparer]::Ordinal)
    $text = @(foreach ($file in $files) { [System.IO.File]::ReadAllText($file) }) -join "`n"
    # The only SHA-256 of .NET Framework that also works where policy allows FIPS algorithms only.
    $sha = New-Object -TypeName System.Security.Cryptography.SHA256CryptoServiceProvider
    try {
        $hash = $sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes("$($PSVersionTable.PSVersion)`n$text"))
    } finally {
        $sha.Dispose()
    }
    return New-Record -Value ([ordered]@{
            Text = $text
            Name = "native-$([System.BitConverter]::ToString($hash, 0, 16).Replace('-', '').ToLowerInvariant()).dll"
        })
}
