# Knows what Task Scheduler starts for a recording with -Until (module/private/schedule): the module that lies around it, and one step. It
# is Windows PowerShell, as SYSTEM, without a window and without anybody to read what it prints.
$ErrorActionPreference = 'Stop'
$module = Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'PortExhaustion.psd1')) -PassThru
& $module { Step-PortTrace }
