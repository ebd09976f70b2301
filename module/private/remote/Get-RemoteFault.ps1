# Knows that other computers are read by script blocks that Constrained Language Mode would not let run.

function Get-RemoteFault {
    <#
    .SYNOPSIS
    A record of kind 'error' where no other computer can be read from this session, else nothing.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        return New-FaultRecord -Code 'remote-failed' -Message 'In Constrained Language Mode other computers cannot be read from here.'
    }
}
