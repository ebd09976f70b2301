# Knows which paths of Windows netsh can be given. Names: Microsoft's page "Naming Files, Paths, and Namespaces" (reserved characters and
# devices). A % is refused out of care: the default of traceFile is documented as %LOCALAPPDATA%\..., and whether netsh puts values into
# a path that it is given was not found.

function Get-PathFault {
    <#
    .SYNOPSIS
    Why a full path cannot be given to netsh, as a part of a sentence; nothing where it can.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    # The names of the files beside it are longer by six characters, and Windows ends at 259.
    if ($Path.Length -gt 240) {
        return 'it is longer than 240 characters'
    }
    $strange = [regex]::Match(($Path -replace '^[A-Za-z]:'), '[\x00-\x1f"%*?<>|:]')
    if ($strange.Success) {
        if ($strange.Value[0] -lt ' ') {
            return "it has the control character $([int] $strange.Value[0])"
        }
        return "it has the character $($strange.Value)"
    }
    foreach ($part in $Path -split '[\\/]') {
        if ($part -match '^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)') {
            return "'$part' is the name of a device"
        }
        if ($part -match '[. ]$' -and $part -notmatch '^\.\.?$') {
            return "'$part' ends with a dot or a space"
        }
    }
}
