# Knows the ways in which Invoke-Command tells that a computer gave nothing: errors beside the answers of others, and, where a single
# one is asked, an error that ends the command whatever -ErrorAction says.

function Invoke-RemoteCollector {
    <#
    .SYNOPSIS
    { ComputerName, Name, Bytes, Fault } for each computer or session, as they arrive; those that gave no answer come last and once.
    .PARAMETER Target
    Parameters of Invoke-Command that say where.
    .NOTES
    What a later command throws passes through here too, and is not ours to keep.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [hashtable] $Target,
        [Parameter(Mandatory = $true)] [object[]] $ArgumentList
    )

    $problems = @()
    $ending = $null
    $answered = @()
    $isOurs = $true
    try {
        Invoke-Command @Target -ScriptBlock (Get-RemoteCollector) -ArgumentList $ArgumentList -ErrorAction SilentlyContinue -ErrorVariable problems |
            ForEach-Object {
                $answered += $_.PSComputerName
                $isOurs = $false
                New-Record -Value ([ordered]@{ ComputerName = $_.PSComputerName; Name = $_.Name; Bytes = $_.Bytes; Fault = $_.Fault })
                $isOurs = $true
            }
    } catch {
        if (-not $isOurs) { throw }
        $ending = $_
    }
    foreach ($problem in @($ending) + @($problems)) {
        if ($null -eq $problem) { continue }
        $name = Get-ProblemOrigin -Problem $problem -Target $Target
        if ($answered -notcontains $name) {
            $answered += $name
            New-Record -Value ([ordered]@{ ComputerName = $name; Name = $name; Bytes = $null; Fault = $problem.Exception.Message })
        }
    }
}
