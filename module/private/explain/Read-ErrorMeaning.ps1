# Knows the engine's command for errors: portexhaustion-engine explain [--file FILE] -- TEXT...

function Read-ErrorMeaning {
    <#
    .SYNOPSIS
    What the engine recognises in texts goes down the pipeline, the rest to the streams of the cmdlet.
    .NOTES
    A log may name programs and addresses, so the file that takes it to the engine is private, and gone afterwards. Nothing given,
    as by a command before that found nothing, is no question.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory = $true)] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Text
    )

    $engine = Get-EngineCommand
    $fault = Get-EngineFault -Engine $engine
    if ($null -ne $fault) {
        return Write-Fault -Cmdlet $Cmdlet -Fault $fault -Target $ModuleRoot -Terminating
    }
    if ($Text.Count -eq 0) { return }
    $split = Split-ErrorText -Text $Text
    $arguments = @('explain')
    $folder = $null
    try {
        if ($split.File) {
            try {
                $folder = New-PrivateFolder
                $file = Join-Path -Path $folder -ChildPath 'text.txt'
                Set-Content -LiteralPath $file -Value $split.File -Encoding UTF8 -WhatIf:$false -Confirm:$false
                $arguments += '--file', $file
            } catch {
                Write-Warning -Message "Only a part of the text was searched, as it could not be handed on whole: $($_.Exception.Message)"
                $split.Arguments += ConvertTo-ErrorArgument -Text $split.Head
            }
        }
        $arguments += @('--') + $split.Arguments
        Invoke-Engine -Engine $engine -ArgumentList $arguments | Receive-ErrorMeaning -Cmdlet $Cmdlet
    } finally {
        if ($folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore -WhatIf:$false -Confirm:$false
        }
    }
}
