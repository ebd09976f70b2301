# Knows what all test files of the module share: where things are, and how the contract's schemas are read. Dot-source it
# in BeforeDiscovery or BeforeAll.
Set-StrictMode -Version 3.0

$Repository = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
$ModuleFolder = [System.IO.Path]::Combine($Repository, 'module')
$Manifest = [System.IO.Path]::Combine($Repository, 'PortExhaustion.psd1')
$FakeFolder = [System.IO.Path]::Combine($PSScriptRoot, 'fake-engine')
$FakeEngine = [System.IO.Path]::Combine($FakeFolder, 'fake-engine.mjs')

# A path that the fake engine takes for the name of what it is to do. No file needs to be there.
function Get-FakeTrace {
    param([string[]] $Name)
    foreach ($one in $Name) {
        [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "$one.etl")
    }
}

# A PowerShell of its own, with the module and the fake engine in it: for tests that stop a pipeline or start from nothing.
function New-ModuleShell {
    param([switch] $Bare)
    $shell = [powershell]::Create()
    if (-not $Bare) {
        $null = $shell.AddScript({
                param($Manifest, $FakeEngine)
                Import-Module $Manifest
                & (Get-Module PortExhaustion) { Set-Item -Path function:script:Get-EnginePath -Value $args[0] } ([scriptblock]::Create("'$FakeEngine'"))
            }.ToString()).AddArgument($Manifest).AddArgument($FakeEngine).Invoke()
        $shell.Commands.Clear()
    }
    return $shell
}

function Read-Schema {
    param([string] $Name)
    $file = [System.IO.Path]::Combine($Repository, 'engine', 'contract', "$Name.schema.json")
    return ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($file))
}

function Get-JsonMember {
    param([object] $Node, [string] $Name)
    if ($Node -is [System.Management.Automation.PSCustomObject] -and $Node.PSObject.Properties[$Name]) {
        return $Node.PSObject.Properties[$Name].Value
    }
}

# Every property that a schema names, with the title of the object it belongs to, the titles of the objects that it holds,
# and whether it is a time.
function Get-SchemaProperty {
    param([object] $Node, [object] $Definitions)
    $properties = Get-JsonMember $Node 'properties'
    foreach ($property in @($properties | Where-Object { $null -ne $_ } | ForEach-Object { $_.PSObject.Properties })) {
        $found = [pscustomobject]@{ Owner = (Get-JsonMember $Node 'title'); Name = $property.Name; Part = $null; IsTime = $false }
        foreach ($candidate in @($property.Value, (Get-JsonMember $property.Value 'items')) + @(Get-JsonMember $property.Value 'oneOf')) {
            $reference = Get-JsonMember $candidate '$ref'
            $found.IsTime = $found.IsTime -or $reference -match '/time(OrNull)?$'
            $target = if ($reference -match '^#/\$defs/(\w+)$') { Get-JsonMember $Definitions $Matches[1] } else { $candidate }
            if (Get-JsonMember $target 'properties') {
                $found.Part = $target.title
                Get-SchemaProperty -Node $target -Definitions $Definitions
            }
        }
        $found
    }
}

# The properties of everything that Read-PortTrace gives.
function Get-OutputProperty {
    $report = Read-Schema 'trace-report'
    Get-SchemaProperty -Node $report -Definitions $report.'$defs'
    $events = Read-Schema 'event'
    Get-SchemaProperty -Node $events.'$defs'.failureRow -Definitions $events.'$defs' |
        ForEach-Object { $_.Owner = 'TraceFailureEvent'; $_ }
}
