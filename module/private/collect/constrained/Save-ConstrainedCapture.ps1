# Knows how a capture is made in Constrained Language Mode, where only cmdlets and core types may be used: no native code, no archive,
# no sockets. What is left are CIM and Windows' own tools, and the files of the capture lie in a folder.

function Save-ConstrainedCapture {
    <#
    .SYNOPSIS
    As Save-PortCapture; Format is 'folder', Path its capture.json. The folder is named like the zip without its extension.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string[]] $Part,
        [Parameter(Mandatory = $true)] [int] $EventHours,
        [Parameter(Mandatory = $true)] [string] $Tool
    )

    $folder = $Path -replace '\.zip$'
    $null = New-Item -Path $folder -ItemType Directory -ErrorAction Stop
    $isComplete = $false
    try {
        Protect-ConstrainedFolder -Path $folder
        $capture = New-PortCapture -Machine (Get-ConstrainedMachine) -Folder $folder
        Add-ConstrainedPart -Capture $capture -Part $Part -EventHours $EventHours
        Complete-PortCapture -Capture $capture -Tool $Tool
        $isComplete = $true
    } finally {
        if (-not $isComplete) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
        }
    }
    return New-Object -TypeName PSObject -Property ([ordered]@{
            Path      = Join-Path -Path $folder -ChildPath 'capture.json'
            Format    = 'folder'
            Machine   = $capture.Machine
            Artifacts = $capture.Artifacts
        })
}
