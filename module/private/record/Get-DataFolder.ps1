# Knows where this module keeps what outlives a session of PowerShell: state, recordings, watches.

function Get-DataFolder {
    <#
    .SYNOPSIS
    Path of the folder. Whether it is there, Initialize-DataFolder sees to.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return [System.IO.Path]::Combine([System.Environment]::GetFolderPath('CommonApplicationData'), 'PortExhaustion')
}
