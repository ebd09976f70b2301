# Knows how bytes of a tool become a text for people to read: UTF-8 where they are that, else the code page of consoles. Nothing is
# decided by the words in it.

function ConvertFrom-ToolOutput {
    <#
    .SYNOPSIS
    The text in one line.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([AllowNull()] [byte[]] $Bytes)

    if ($null -eq $Bytes -or $Bytes.Length -eq 0) {
        return ''
    }
    try {
        $strict = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false, $true
        $text = $strict.GetString($Bytes)
    } catch {
        $page = [cultureinfo]::CurrentCulture.TextInfo.OEMCodePage
        $text = [System.Text.Encoding]::GetEncoding($page).GetString($Bytes)
    }
    return ($text -replace '[\s\0]+', ' ').Trim()
}
