# Knows what each cmdlet must have read for its answer: which parts of a machine (Save-PortCapture -Part) and which kinds of
# artifact (docs/capture-format.md, and the kinds of loose evidence in engine/contract/capture-report.schema.json).

function Get-CaptureQuestion {
    <#
    .SYNOPSIS
    { Name, TypeName, Parts, Kinds, Uses, Subject }: without an artifact of Kinds there is no answer, and Subject names what is
    missing then; without others of Uses it is poorer.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('verdict', 'port-pool', 'port-owner', 'afd-owner', 'port-reservation', 'exhaustion-event', 'remedy')]
        [string] $Name
    )

    $tables = 'tcp-table', 'udp-table', 'bound-tcp-table', 'netstat', 'net-tcp-connection', 'net-udp-endpoint'
    $all = 'Tables', 'Handles', 'Settings', 'Events', 'Probe'
    $questions = @{
        'verdict'          = @('Verdict', $all, $tables, 'table of ports')
        'remedy'           = @('Remedy', $all, $tables, 'table of ports')
        'port-pool'        = @('PortPool', @('Tables', 'Settings'), $tables, 'table of ports')
        'port-owner'       = @('PortOwner', @('Tables', 'Handles', 'Settings'), $tables, 'table of ports')
        'afd-owner'        = @('AfdOwner', @('Tables', 'Handles', 'Settings'), @('afd-handles', 'handle-list'), 'list of AFD handles')
        'port-reservation' = @('PortReservation', @('Settings'), @('excluded-port-range'), 'list of excluded ports')
        'exhaustion-event' = @('ExhaustionEvent', @('Events'), @('tcpip-event'), 'event log')
    }
    $kindsOf = @{
        Tables   = $tables + @('processes', 'services')
        Handles  = 'handle-table', 'afd-handles', 'handle-list'
        Settings = 'dynamic-port-range', 'excluded-port-range', 'tcp-settings'
        Events   = @('tcpip-event')
        Probe    = @('port-probe')
    }
    $question = $questions[$Name]
    return New-Record -Value ([ordered]@{
            Name     = $Name
            TypeName = "PortExhaustion.$($question[0])"
            Parts    = $question[1]
            Kinds    = $question[2]
            Uses     = @($question[1] | ForEach-Object { $kindsOf[$_] })
            Subject  = $question[3]
        })
}
