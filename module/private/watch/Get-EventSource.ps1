# Knows where the Application log keeps its sources: a registry key each. What eventcreate.exe makes names that program for its messages
# (seen on Windows machines; Microsoft documents the key EventLog, not what eventcreate writes).

function Get-EventSource {
    <#
    .SYNOPSIS
    { IsEventCreate } of the source PortExhaustion; nothing where there is none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    $key = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\PortExhaustion' -ErrorAction Ignore
    if ($null -eq $key) {
        return
    }
    $file = ''
    if ($key.PSObject.Properties['EventMessageFile']) { $file = [string] $key.EventMessageFile }
    return New-Record -Value ([ordered]@{ IsEventCreate = $file -match '\\EventCreate\.exe$' })
}
