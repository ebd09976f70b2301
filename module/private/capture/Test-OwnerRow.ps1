# Knows by which names a process is looked for: its file name with or without .exe, or a service that runs in it.

function Test-OwnerRow {
    <#
    .SYNOPSIS
    Whether a row is about one of the processes asked for, or is held by one. What is not asked for (null) does not count.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Row,
        [AllowNull()] [int[]] $ProcessId,
        [AllowNull()] [string[]] $Name
    )

    $processes = @($Row)
    if ($null -ne $Row.PSObject.Properties['holder'] -and $null -ne $Row.holder) {
        $processes += $Row.holder
    }
    foreach ($process in $processes) {
        $isAsked = $null -eq $ProcessId -or $ProcessId -contains $process.processId
        if ($isAsked -and $null -ne $Name) {
            $names = @($process.processName, ([string] $process.processName -replace '\.exe$', '')) + @($process.services)
            $isAsked = @($Name | Where-Object { $pattern = $_; @($names -like $pattern).Count -gt 0 }).Count -gt 0
        }
        if ($isAsked) {
            return $true
        }
    }
    return $false
}
