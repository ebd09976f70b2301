# Knows where a folder is private without methods of .NET: the folder for temporary files of a user lies in the profile,
# which others than administrators cannot read.

function New-PrivateFolder {
    <#
    .SYNOPSIS
    Path of a new folder in the folder for temporary files.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $name = "PortExhaustion-$(New-Guid)"
    return (New-Item -Path (Join-Path -Path $env:TEMP -ChildPath $name) -ItemType Directory).FullName
}
