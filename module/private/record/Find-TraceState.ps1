# Knows that a state which is damaged is an error to tell of, wherever it is read for a person.

function Find-TraceState {
    <#
    .SYNOPSIS
    { State, Fault } of the recording; both $null where there is none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $found = New-Record -Value ([ordered]@{ State = $null; Fault = $null })
    try {
        $found.State = Read-TraceState
    } catch {
        $found.Fault = New-FaultRecord -Code 'state-damaged' -Message $_.Exception.GetBaseException().Message -Path (Get-TraceStatePath)
    }
    return $found
}
