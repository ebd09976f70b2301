# Knows how a run of the engine is framed (engine/contract/stream.schema.json): hello first, end last, a record a line.

function Invoke-Engine {
    <#
    .SYNOPSIS
    Runs the engine and hands its records down the pipeline as they arrive, without hello and end.
    .NOTES
    A run that breaks its contract ends in one more record of kind 'error', like those that the engine writes itself:
    nothing is thrown here, as a try/catch around records on their way would also swallow what a later command throws.
    The finally block runs on Ctrl+C and when a later command (Select-Object -First) wants no more.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [string[]] $ArgumentList
    )

    $session = $null
    $all = @($Engine.Prefix) + $ArgumentList
    Write-Verbose -Message "Running $($Engine.FileName) $($all -join ' ')"
    try {
        try {
            $session = Open-EngineSession -FileName $Engine.FileName -ArgumentList $all
        } catch [System.ComponentModel.Win32Exception] {
            return New-FaultRecord -Code 'engine-start-failed' -Message "The engine does not start: $($_.Exception.Message)"
        }
        Read-EngineRecord -Session $session
    } finally {
        Close-EngineSession -Session $session
    }
}
