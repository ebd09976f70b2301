# Knows how a capture file comes into being: new, held by nobody else, and for this user and administrators only, since it says who
# talks to whom.

function Open-CaptureArchive {
    <#
    .SYNOPSIS
    { Path, Archive, Stream, IsComplete } of a new zip. Close-CaptureArchive must follow. Throws where the file cannot be made.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    # Loaded by itself in PowerShell 7, not in Windows PowerShell 5.1.
    Add-Type -AssemblyName System.IO.Compression
    $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $Path, 'CreateNew', 'Write', 'None'
    try {
        # Nobody can have opened it yet, and nobody can while it is held without sharing.
        Protect-CaptureFile -Path $Path
        $archive = New-Object -TypeName System.IO.Compression.ZipArchive -ArgumentList $stream, 'Create', $true
    } catch {
        $stream.Dispose()
        [System.IO.File]::Delete($Path)
        throw
    }
    return New-Object -TypeName PSObject -Property ([ordered]@{ Path = $Path; Archive = $archive; Stream = $stream; IsComplete = $false })
}
