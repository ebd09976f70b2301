# Knows what is to be said of a recording that nobody stopped here and that runs no more: why, as far as that can be told, and what it
# left.

function New-VanishedFault {
    <#
    .SYNOPSIS
    The fault: trace-vanished, or trace-file-missing where no file is left.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $why = 'somebody else ended it'
    $begun = $State.started
    if (-not $begun) { $begun = $State.created }
    if ((ConvertFrom-TraceTime -Time $begun) -lt (Get-BootTime)) { $why = 'this computer was started again since' }
    $file = New-Object -TypeName System.IO.FileInfo -ArgumentList $State.path
    if (-not $file.Exists) {
        return New-FaultRecord -Code 'trace-file-missing' -Message "The recording runs no more ($why), and there is no file '$($State.path)'." -Path $State.path
    }
    $size = [string]::Format([cultureinfo]::InvariantCulture, '{0:n1} MB', $file.Length / 1MB)
    return New-FaultRecord -Code 'trace-vanished' -Message "The recording runs no more ($why). It left '$($State.path)' ($size)." -Path $State.path
}
