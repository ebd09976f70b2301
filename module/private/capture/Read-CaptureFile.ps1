# Knows the engine's command for a machine: portexhaustion-engine capture FILE...

function Read-CaptureFile {
    <#
    .SYNOPSIS
    What a cmdlet gives for one machine, from a capture or from files of evidence.
    .PARAMETER Request
    What Invoke-CaptureQuestion passes on: { Cmdlet, Engine, Question, Bound }.
    .PARAMETER Label
    What errors and warnings call it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [psobject] $Request,
        [Parameter(Mandatory = $true)] [string[]] $File,
        [Parameter(Mandatory = $true)] [string] $Label,
        [AllowNull()] [object] $Source
    )

    # A command line of Windows holds 32,767 characters; quoting and the engine's own path take some.
    $room = 30000
    if (($File -join '   ').Length -gt $room) {
        $message = "'$Label' has $($File.Count) files, more than can be read together."
        return Write-Fault -Cmdlet $Request.Cmdlet -Fault (New-FaultRecord -Code 'too-many-files' -Message $message) -Target $Label
    }
    $arguments = @('capture') + $File
    Invoke-Engine -Engine $Request.Engine -ArgumentList $arguments |
        Receive-CaptureRecord -Cmdlet $Request.Cmdlet -Question $Request.Question -Bound $Request.Bound -Label $Label -Source $Source
}
