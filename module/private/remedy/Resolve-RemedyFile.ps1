# Knows in what forms a pipeline brings files: their paths, the objects of Get-ChildItem, or what New-PortSnapshot gave.

function Resolve-RemedyFile {
    <#
    .SYNOPSIS
    The full paths of the files that an object means; what means none is an error of the cmdlet.
    .NOTES
    A property Path alone does not make a file of evidence: processes and commands have one too.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $InputObject
    )

    if ($InputObject -is [string]) {
        return Resolve-EvidencePath -Cmdlet $Cmdlet -Path $InputObject
    }
    $names = 'LiteralPath', 'PSPath', 'FullName'
    if (@($InputObject.PSObject.TypeNames) -match '^(Deserialized\.)?PortExhaustion\.PortSnapshot$') {
        $names = @('Path')
    }
    foreach ($name in $names) {
        $property = $InputObject.PSObject.Properties[$name]
        if ($null -ne $property -and $property.Value) {
            return Resolve-EvidencePath -Cmdlet $Cmdlet -Path $property.Value -Literal
        }
    }
    $type = @($InputObject.PSObject.TypeNames)[0]
    Write-Fault -Cmdlet $Cmdlet -Fault (New-FaultRecord -Code 'remedy-input' -Message "An object of the type $type has no remedies.") -Target $type
}
