# Knows how the source PortExhaustion is taken out of the Application log. Events that were written stay.

function Remove-EventSource {
    <#
    .SYNOPSIS
    Removes the registry key. Throws where that does not work.
    #>
    [CmdletBinding()]
    param()

    Remove-Item -LiteralPath (Get-EventSourceKey) -Recurse -Force -Confirm:$false -ErrorAction Stop
}
