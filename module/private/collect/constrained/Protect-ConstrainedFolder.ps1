# Knows how the access to a folder is limited where .NET may not be asked: icacls, with the groups by their SIDs.

function Protect-ConstrainedFolder {
    <#
    .SYNOPSIS
    Lets this user, administrators and SYSTEM alone read a folder; warns where that did not work.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $tool = Join-Path -Path $env:SystemRoot -ChildPath 'System32\icacls.exe'
    $fault = "there is no $tool"
    if (Test-Path -LiteralPath $tool) {
        $rights = '(OI)(CI)F'
        $grants = "${env:USERDOMAIN}\${env:USERNAME}:$rights", "*S-1-5-32-544:$rights", "*S-1-5-18:$rights"
        $null = & $tool $Path '/inheritance:r' '/grant:r' $grants
        $fault = "icacls.exe ended with exit code $LASTEXITCODE"
        if ($LASTEXITCODE -eq 0) { $fault = $null }
    }
    if ($fault) {
        Write-Warning "The access to $Path could not be limited to administrators and you: $fault"
    }
}
