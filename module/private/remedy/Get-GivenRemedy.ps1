# Knows how remedies are taken out of a verdict, a report of a trace or a comparison, without changing it.

function Get-GivenRemedy {
    <#
    .SYNOPSIS
    The remedies that an object brings and the bound parameters ask for, each with the machine and the files that it is about.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $InputObject,
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound
    )

    # One that was kept in a file may be older than remedies are.
    if ($null -eq $InputObject.PSObject.Properties['Remedies']) {
        $message = "This $Kind brings no remedies: it was made by an older version of the module, or not all of it is there."
        return Write-Fault -Cmdlet $Cmdlet -Fault (New-FaultRecord -Code 'remedy-input' -Message $message) -Target $Kind
    }

    $origin = Get-DiagnosedSource -InputObject $InputObject -Kind $Kind
    foreach ($remedy in @(Select-Remedy -Remedy @($InputObject.Remedies) -Bound $Bound)) {
        $copy = [ordered]@{}
        foreach ($property in $remedy.PSObject.Properties) {
            $copy[$property.Name] = $property.Value
        }
        $copy['computerName'] = $origin.ComputerName
        $copy['source'] = $origin.Source
        $record = New-Record -Value $copy
        Add-RecordType -Record $record -TypeName 'PortExhaustion.Remedy' -Shape @{ Types = @{}; Times = @{} }
        $record
    }
}
