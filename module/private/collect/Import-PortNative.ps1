# Knows how the C# of module/native is compiled: all files as one text, as they then also come from a remote session, on first use
# only. Their types stay in the process, so that a second import finds them.

function Import-PortNative {
    <#
    .SYNOPSIS
    Makes [PortExhaustion.Native.*] available. Gives nothing, or the reason why it did not work, as a sentence.
    .PARAMETER Source
    Texts of the C# files.
    .PARAMETER Folder
    Folder with the C# files, where their texts are not given.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [AllowNull()] [string[]] $Source,
        [AllowNull()] [string] $Folder
    )

    $fault = Test-PortCollector
    if ($null -ne $fault) {
        return $fault
    }
    if ('PortExhaustion.Native.HandleSnapshot' -as [type]) {
        return
    }
    try {
        if (-not $Source) {
            $Source = foreach ($file in [System.IO.Directory]::GetFiles($Folder, '*.cs')) {
                [System.IO.File]::ReadAllText($file)
            }
        }
        # A compiler's warnings are errors otherwise, and not every compiler of every Windows has been asked for its own.
        Add-Type -TypeDefinition ($Source -join "`n") -IgnoreWarnings -ErrorAction Stop
    } catch {
        # An application control policy or a temporary folder that nobody may write to: texts of Windows' own tools remain.
        return "the native code could not be compiled: $($_.Exception.Message)"
    }
}
