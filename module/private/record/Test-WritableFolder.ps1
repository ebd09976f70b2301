# Knows that only trying tells whether a folder can be written to: access lists, quotas and filters all have a say.

function Test-WritableFolder {
    <#
    .SYNOPSIS
    Why a file cannot be made in the folder; nothing where it can. The file that is tried is gone afterwards.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $file = [System.IO.Path]::Combine($Path, "PortExhaustion-$([guid]::NewGuid().ToString('n')).tmp")
    $stream = $null
    try {
        # DeleteOnClose
        $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $file, 'CreateNew', 'Write', 'None', 1, ([System.IO.FileOptions]::DeleteOnClose)
        $stream.WriteByte(0)
    } catch {
        return $_.Exception.GetBaseException().Message
    } finally {
        if ($null -ne $stream) { $stream.Dispose() }
    }
}
