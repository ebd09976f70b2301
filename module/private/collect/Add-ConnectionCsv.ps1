# Knows the CSV form of what CIM says of connections and endpoints (docs/capture-format.md).

function Add-ConnectionCsv {
    <#
    .SYNOPSIS
    Adds the instances of a class of root/StandardCimv2 as CSV. Gives whether they were read.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [ValidateSet('net-tcp-connection', 'net-udp-endpoint')] [string] $Kind,
        [AllowNull()] [string] $Filter
    )

    $class = 'MSFT_NetTCPConnection'
    $protocol = 'tcp'
    $properties = 'LocalAddress', 'LocalPort', 'RemoteAddress', 'RemotePort', 'State', 'OwningProcess', 'CreationTime'
    if ($Kind -eq 'net-udp-endpoint') {
        $class = 'MSFT_NetUDPEndpoint'
        $protocol = 'udp'
        $properties = 'LocalAddress', 'LocalPort', 'OwningProcess', 'CreationTime'
    }
    $answer = Get-CimRow -Capture $Capture -Namespace 'root/StandardCimv2' -ClassName $class -Filter $Filter
    $text = $null
    if ($answer.Status -eq 'read') {
        $rows = @($answer.Rows | Select-Object -Property $properties)
        foreach ($row in $rows) {
            $row.CreationTime = ConvertTo-CaptureTime -Time $row.CreationTime
        }
        # Without rows there would be no header either.
        $lines = @('"' + ($properties -join '","') + '"') + @($rows | ConvertTo-Csv -NoTypeInformation | Select-Object -Skip 1)
        $text = ($lines -join "`r`n") + "`r`n"
    }
    Add-CaptureArtifact -Capture $Capture -Name $Name -Kind $Kind -Status $answer.Status -Reason $answer.Reason -Entry "$Name.csv" -Text $text -Protocol $protocol
    return $answer.Status -eq 'read'
}
