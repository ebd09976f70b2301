# Knows how a raw answer becomes a file of the capture: an entry of the archive, or a file of the folder.

function Write-CaptureEntry {
    <#
    .SYNOPSIS
    Writes one of -Bytes, -Text (ASCII) or -Source (an object with WriteTo(Stream)) under the name -Entry.
    .NOTES
    Throws where the disk is full or the like: without its answers a capture is worth nothing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Entry,
        [AllowNull()] [object] $Bytes,
        [AllowNull()] [object] $Text,
        [AllowNull()] [object] $Source
    )

    if ($null -eq $Capture.Archive) {
        Set-Content -LiteralPath (Join-Path -Path $Capture.Folder -ChildPath $Entry) -Value $Text -Encoding Ascii -NoNewline -ErrorAction Stop
        return
    }
    if ($null -ne $Text) {
        $Bytes = [System.Text.Encoding]::ASCII.GetBytes($Text)
    }
    # Fastest, as the machine is in trouble and the tables are large: what matters is that it ends soon.
    $stream = $Capture.Archive.CreateEntry($Entry, [System.IO.Compression.CompressionLevel]::Fastest).Open()
    try {
        if ($null -ne $Source) {
            $Source.WriteTo($stream)
        } else {
            $stream.Write($Bytes, 0, $Bytes.Length)
        }
    } finally {
        $stream.Dispose()
    }
}
