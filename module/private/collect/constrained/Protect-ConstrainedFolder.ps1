# Knows how the access to a folder is limited where .NET may not be asked: icacls, with the groups by their SIDs.
# Knowledge comes from: learn.microsoft.com, icacls and Well-known SIDs (S-1-3-4: rights of the current owner).

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
        # Under SYSTEM in a workgroup these two name nobody, and icacls then does nothing at all. The owner's rights (S-1-3-4) mean
        # the same, except where administrators own what one of them makes.
        foreach ($who in "${env:USERDOMAIN}\${env:USERNAME}", '*S-1-3-4') {
            $grants = foreach ($one in $who, '*S-1-5-32-544', '*S-1-5-18') { "${one}:(OI)(CI)F" }
            $null = & $tool $Path '/inheritance:r' '/grant:r' $grants
            $fault = "icacls.exe ended with exit code $LASTEXITCODE"
            if ($LASTEXITCODE -eq 0) {
                $fault = $null
                break
            }
        }
    }
    if ($fault) {
        Write-Warning "The access to $Path could not be limited to administrators and you: $fault"
    }
}
