# Knows that other sessions and the task of a recording write the state too: what this session has in hand may be older.

function Update-TraceState {
    <#
    .SYNOPSIS
    Brings a state up to what the file says, in place. Gives whether the file still tells of this recording.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $now = Read-TraceState
    if ($null -eq $now -or $now.id -ne $State.id) {
        return $false
    }
    foreach ($property in $now.PSObject.Properties) {
        $State.($property.Name) = $property.Value
    }
    return $true
}
