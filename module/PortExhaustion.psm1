# Loads the module: one function a file, private ones first. Importing defines functions and does nothing else, so that
# it stays fast on a machine in trouble; the manifest (PortExhaustion.psd1) decides which functions are seen outside.
Set-StrictMode -Version 3.0

$ModuleRoot = $PSScriptRoot

foreach ($folder in 'private', 'public') {
    $files = [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($ModuleRoot, $folder), '*.ps1', 'AllDirectories')
    foreach ($file in $files) {
        . $file
    }
}
