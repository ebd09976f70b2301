# Knows how remedies are chosen by the parameters of Get-PortRemedy.

function Select-Remedy {
    <#
    .SYNOPSIS
    The remedies of one answer that the bound parameters ask for, in their order.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [object[]] $Remedy,
        [Parameter(Mandatory = $true)] [System.Collections.IDictionary] $Bound
    )

    $chosen = $Remedy
    if ($Bound.Keys -contains 'Id') {
        $chosen = @($chosen | Where-Object { $id = $_.id; @($Bound['Id'] | Where-Object { $id -like $_ }).Count -gt 0 })
    }
    if ($chosen.Count -eq 0) {
        Write-Verbose -Message 'Nothing was found for which there is such a remedy.'
        return
    }
    if ($Bound.Keys -contains 'First' -and $Bound['First'] -lt $chosen.Count) {
        # Not by Select-Object, which puts a type name of its own in front of theirs.
        return $chosen[0..($Bound['First'] - 1)]
    }
    return $chosen
}
