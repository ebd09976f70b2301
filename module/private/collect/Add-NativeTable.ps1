# Knows how a table is named in a capture (docs/capture-format.md) and which numbers stand for the families: AF_INET, AF_INET6.

function Add-NativeTable {
    <#
    .SYNOPSIS
    Adds the tables of one kind, for IPv4 and IPv6. Gives whether at least one was read.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [ValidateSet('tcp-table', 'udp-table', 'bound-tcp-table')] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Question,
        [AllowNull()] [AllowEmptyString()] [string] $Fault
    )

    $isRead = $false
    $stem = $Kind -replace '-table$'
    foreach ($family in 'ipv4', 'ipv6') {
        $name = "$stem-$family"
        $about = @{ Capture = $Capture; Name = $name; Kind = $Kind; Protocol = ($stem -replace '^bound-'); Family = $family }
        if ($Fault) {
            Add-CaptureArtifact @about -Status absent -Reason $Fault
            continue
        }
        $number = @{ ipv4 = 2; ipv6 = 23 }[$family]
        $answer = Invoke-PortNative -Question $Question -Argument $number
        $tableClass = $null
        if ($answer.TableClass -gt 0) { $tableClass = $answer.TableClass }
        Add-CaptureArtifact @about -Status $answer.Status -Reason $answer.Reason -Entry "$name.bin" -Bytes $answer.Bytes -TableClass $tableClass
        $isRead = $isRead -or $null -ne $answer.Bytes
    }
    return $isRead
}
