# Knows every question that is put to Windows natively. The one door to module/native: tests stand here instead of Windows.

function Invoke-PortNative {
    <#
    .SYNOPSIS
    The answer of module/native to a question: an object with Status and Reason at least.
    .NOTES
    Never throws: what goes wrong is an answer of status failed.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('TcpTable', 'UdpTable', 'BoundTable', 'Processes', 'Services', 'Snapshot', 'Inspection', 'DebugPrivilege', 'TraceSessions', 'Build', 'Wine')]
        [string] $Question,

        [AllowNull()] [object[]] $Argument
    )

    try {
        switch ($Question) {
            'TcpTable' { return [PortExhaustion.Native.PortTables]::ReadTcp($Argument[0]) }
            'UdpTable' { return [PortExhaustion.Native.PortTables]::ReadUdp($Argument[0]) }
            'BoundTable' { return [PortExhaustion.Native.BoundTables]::ReadTcp($Argument[0]) }
            'Processes' { return [PortExhaustion.Native.ProcessTable]::Read($Argument[0]) }
            'Services' { return [PortExhaustion.Native.ServiceTable]::Read() }
            'Snapshot' { return [PortExhaustion.Native.HandleSnapshot]::Take() }
            'Inspection' { return $Argument[0].Inspect($Argument[1], $Argument[2]) }
            'DebugPrivilege' { return [PortExhaustion.Native.DebugPrivilege]::Enable() }
            'TraceSessions' { return [PortExhaustion.Native.TraceSessions]::Read() }
            'Build' { return [PortExhaustion.Native.HostFacts]::Build() }
            'Wine' { return [PortExhaustion.Native.HostFacts]::IsWine() }
        }
    } catch {
        return New-Object -TypeName PSObject -Property ([ordered]@{
                Status     = 'failed'
                Reason     = "${Question}: $($_.Exception.GetBaseException().Message)"
                Bytes      = $null
                Source     = $null
                Rows       = @()
                TableClass = 0
            })
    }
}
