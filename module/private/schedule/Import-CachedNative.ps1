# Knows how a scheduled task comes by the native code without compiling it every minute: the first run compiles into the data folder,
# later ones load that. Compiling costs more than all the rest of a sample (docs/performance.md). Loaded from bytes, as Add-Type does, so
# that the file is never in use when the task is removed.

function Import-CachedNative {
    <#
    .SYNOPSIS
    Makes [PortExhaustion.Native.*] available from the data folder. Where it cannot, Import-PortNative compiles as it always does.
    #>
    [CmdletBinding()]
    param()

    if ((Test-PortCollector) -or ('PortExhaustion.Native.HandleSnapshot' -as [type])) {
        return
    }
    $path = $null
    try {
        $source = Get-NativeSource
        $path = [System.IO.Path]::Combine((Get-DataFolder), $source.Name)
        if (-not [System.IO.File]::Exists($path)) { Save-NativeAssembly -Source $source.Text -Path $path }
        # SYSTEM runs what is in it.
        $reason = Get-UnsafeReason -Path (Get-DataFolder)
        if (-not $reason) { $reason = Get-UnsafeReason -Path $path }
        if ($reason) { throw [System.UnauthorizedAccessException] $reason }
        $null = [System.Reflection.Assembly]::Load([System.IO.File]::ReadAllBytes($path))
    } catch [System.BadImageFormatException] {
        # A power cut can leave a file of the right name and size and nothing in it.
        [System.IO.File]::Delete($path)
    } catch {
        Write-Verbose -Message "The compiled native code is not used: $($_.Exception.GetBaseException().Message)"
    }
}
