# Knows how a folder is made private without methods of .NET: the folder for temporary files of a user usually lies in the profile,
# which others than administrators cannot read; but it need not, so its access list is set as well.

function New-PrivateFolder {
    <#
    .SYNOPSIS
    Path of a new folder in the folder for temporary files.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $name = "PortExhaustion-$(New-Guid)"
    $folder = (New-Item -Path (Join-Path -Path $env:TEMP -ChildPath $name) -ItemType Directory -WhatIf:$false -Confirm:$false).FullName
    # Its tool is Windows'.
    if ($env:OS -eq 'Windows_NT') {
        Protect-ConstrainedFolder -Path $folder
    }
    return $folder
}
