# Knows the engine's command for captures of one machine: portexhaustion-engine compare FILE FILE...

function Compare-CaptureFile {
    <#
    .SYNOPSIS
    The PortExhaustion.Comparison of captures, in any order; what keeps them from being compared is an error of the cmdlet.
    .PARAMETER Folder
    The folder of samples that nobody but this command knows: their names stand without it.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [psobject] $Engine,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [string[]] $File,
        [AllowNull()] [AllowEmptyString()] [string] $Folder
    )

    # A command line of Windows holds 32,767 characters; quoting and the engine's own path take some.
    $room = 30000
    if (($File -join '   ').Length -gt $room) {
        $fault = New-FaultRecord -Code 'too-many-captures' -Message "$($File.Count) snapshots are more than can be compared together."
        return Write-Fault -Cmdlet $Cmdlet -Fault $fault
    }
    $arguments = @('compare') + $File
    try {
        Invoke-Engine -Engine $Engine -ArgumentList $arguments | Receive-ChangeRecord -Cmdlet $Cmdlet -Folder $Folder
    } finally {
        # Of a series of many, the engine says how far it is.
        Write-Progress -Activity (Get-ChangeActivity) -Completed
    }
}
