# Knows the engine's command for one trace: portexhaustion-engine trace FILE [--since T] [--until T] [--failures].

function Read-TraceFile {
    <#
    .SYNOPSIS
    Reads one trace for a cmdlet: its results go down the pipeline, the rest to the streams of that cmdlet.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $Option,
        [switch] $Failure
    )

    $arguments = @('trace', $Path) + $Option
    Write-Verbose -Message "Running $($Engine.FileName) $(@($Engine.Prefix) + $arguments -join ' ')"
    try {
        Invoke-Engine -Engine $Engine -ArgumentList $arguments |
            Receive-TraceRecord -Cmdlet $Cmdlet -Path $Path -Failure:$Failure
    } finally {
        Write-TraceProgress -FileName (Split-Path -Path $Path -Leaf)
    }
}
