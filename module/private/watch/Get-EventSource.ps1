# Knows what a source of the Application log says of itself. One that eventcreate.exe made names that program for its messages (seen on
# Windows machines; Microsoft documents the key EventLog, not what eventcreate writes), and has a value CustomSource, without which
# eventcreate refuses to write (Aaron Margosis, "EventCreate and Source parameter is used to identify custom applications/scripts only").

function Get-EventSource {
    <#
    .SYNOPSIS
    { IsEventCreate, IsWritable } of the source PortExhaustion; nothing where there is none.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param()

    # Not Get-ItemProperty, which gives nothing for a key without values.
    $key = Get-Item -LiteralPath (Get-EventSourceKey) -ErrorAction Ignore
    if ($null -eq $key) {
        return
    }
    try {
        return New-Record -Value ([ordered]@{
                IsEventCreate = [string] $key.GetValue('EventMessageFile') -match '\\EventCreate\.exe$'
                IsWritable    = $key.GetValueNames() -contains 'CustomSource'
            })
    } finally {
        $key.Dispose()
    }
}
