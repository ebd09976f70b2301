# Knows which files hold compiled native code: of any text and of any run that was cut off.

function Remove-NativeAssembly {
    <#
    .SYNOPSIS
    Removes compiled native code from the data folder. A task that still wants it compiles it again.
    #>
    [CmdletBinding()]
    param([AllowNull()] [string] $Except)

    $folder = Get-DataFolder
    if (-not [System.IO.Directory]::Exists($folder)) {
        return
    }
    foreach ($file in [System.IO.Directory]::GetFiles($folder, 'native-*.dll')) {
        if ($file -eq $Except) { continue }
        try {
            [System.IO.File]::Delete($file)
        } catch {
            # Another task is just making or reading it; the next removal takes it.
            Write-Verbose -Message "'$file' stays: $($_.Exception.GetBaseException().Message)"
        }
    }
}
