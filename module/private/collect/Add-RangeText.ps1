# Knows the command of netsh for ranges: netsh interface FAMILY show SUBJECT PROTOCOL (Windows Vista and later for the dynamic range,
# Windows 7 and later for exclusions).

function Add-RangeText {
    <#
    .SYNOPSIS
    Adds one text of netsh. Gives the artifact's status.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Capture,
        [Parameter(Mandatory = $true)] [string] $Stem,
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Subject,
        [Parameter(Mandatory = $true)] [string] $Protocol,
        [Parameter(Mandatory = $true)] [string] $Family
    )

    $name = "$Stem-$Protocol-$Family"
    $line = 'interface', $Family, 'show', $Subject, $Protocol
    $answer = Get-ToolAnswer -Capture $Capture -Entry "$name.txt" -Tool 'netsh.exe' -ArgumentList $line
    Add-ToolArtifact -Capture $Capture -Name $name -Kind $Kind -Entry "$name.txt" -Answer $answer -Protocol $Protocol -Family $Family
    return $answer.Status
}
