# Knows how an error is made that ends a command and carries its advice.

function New-SnapshotError {
    <#
    .SYNOPSIS
    An ErrorRecord of what Write-Error takes.
    #>
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [Parameter(Mandatory = $true)] [string] $Message,
        [Parameter(Mandatory = $true)] [string] $ErrorId,
        [Parameter(Mandatory = $true)] [string] $Category,
        [AllowNull()] [object] $TargetObject,
        [Parameter(Mandatory = $true)] [string] $RecommendedAction
    )

    $exception = New-Object -TypeName System.IO.IOException -ArgumentList $Message
    $record = New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $exception, $ErrorId, $Category, $TargetObject
    $record.ErrorDetails = New-Object -TypeName System.Management.Automation.ErrorDetails -ArgumentList $Message
    $record.ErrorDetails.RecommendedAction = $RecommendedAction
    return $record
}
