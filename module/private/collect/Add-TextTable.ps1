# Knows what takes the place of the port tables where they cannot be read natively: rows of CIM and the text of netstat, each
# of which some systems lack (-q, bound endpoints, is new in Windows 10; an older netstat refuses it).

function Add-TextTable {
    <#
    .SYNOPSIS
    Adds connections and endpoints as CSV, and the text of netstat.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [psobject] $Capture)

    $null = Add-ConnectionCsv -Capture $Capture -Name 'tcp-connections' -Kind 'net-tcp-connection'
    $null = Add-ConnectionCsv -Capture $Capture -Name 'udp-endpoints' -Kind 'net-udp-endpoint'
    $about = @{ Capture = $Capture; Entry = 'netstat.txt'; Tool = 'netstat.exe' }
    $answer = Get-ToolAnswer @about -ArgumentList '-anoq'
    if ($answer.Status -eq 'failed') {
        $answer = Get-ToolAnswer @about -ArgumentList '-ano'
        if ($answer.Status -eq 'read') {
            $answer.Status = 'partial'
            $answer.Reason = 'netstat of this Windows does not show bound TCP endpoints'
        }
    }
    Add-ToolArtifact -Capture $Capture -Name 'netstat' -Kind 'netstat' -Entry 'netstat.txt' -Answer $answer
}
