# Knows that the task of a recording writes the state too: what this session has in hand is older then.

function Update-TraceState {
    <#
    .SYNOPSIS
    Brings a state up to what the file says, in place. Without a file the recording has been ended and forgotten.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $State)

    $now = Read-TraceState
    if ($null -eq $now) {
        $State.phase = 'stopped'
        return
    }
    foreach ($property in $now.PSObject.Properties) {
        $State.($property.Name) = $property.Value
    }
}
