# Knows in what forms a pipeline brings files: their paths, the objects of Get-ChildItem, or what New-PortSnapshot gave.

function Resolve-RemedyFile {
    <#
    .SYNOPSIS
    The full paths of the files that an object means; what means none is an error of the cmdlet.
    .NOTES
    A property Path does not always mean a file of evidence: processes and commands have one too.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $InputObject
    )

    if ($InputObject -is [string]) {
        # An empty path would be the folder that the session is in.
        if ($InputObject.Trim()) {
            return Resolve-EvidencePath -Cmdlet $Cmdlet -Path $InputObject
        }
        $fault = New-FaultRecord -Code 'remedy-input' -Message 'An empty text has no remedies.'
        return Write-Fault -Cmdlet $Cmdlet -Fault $fault -Target 'System.String'
    }
    $types = @($InputObject.PSObject.TypeNames)
    $names = 'LiteralPath', 'PSPath', 'FullName'
    if ($InputObject -is [System.Management.Automation.PSCustomObject]) {
        $names += 'Path'
    }
    # Other answers of this module have a path too, as a recording has.
    if (@($types -match '^(Deserialized\.)?PortExhaustion\.(?!PortSnapshot$)').Count -gt 0) {
        $names = @()
    }
    foreach ($name in $names) {
        $property = $InputObject.PSObject.Properties[$name]
        if ($null -ne $property -and $property.Value) {
            return Resolve-EvidencePath -Cmdlet $Cmdlet -Path $property.Value -Literal
        }
    }
    $message = "An object of the type $($types[0]) has no remedies."
    Write-Fault -Cmdlet $Cmdlet -Fault (New-FaultRecord -Code 'remedy-input' -Message $message) -Target $types[0]
}
