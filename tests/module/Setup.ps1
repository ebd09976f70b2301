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

# A process of its own, for what must not stay in this one. Gives what it prints.
function Invoke-ShellProcess {
    param([string[]] $ArgumentList)
    # PowerShell as a .NET tool is a file for the program dotnet.
    $start = @([System.Environment]::ProcessPath)
    if ((Split-Path -Path $start[0] -Leaf) -eq 'dotnet') { $start += [System.Environment]::GetCommandLineArgs()[0] }
    $rest = @($start | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive' + $ArgumentList
    & $start[0] $rest
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
            $target = $candidate
            $own = $Definitions
            if ($reference -match '^(?:([\w-]+)\.schema\.json)?#/\$defs/(\w+)$') {
                if ($Matches[1]) { $own = (Read-Schema $Matches[1]).'$defs' }
                $target = Get-JsonMember $own $Matches[2]
            }
            if (Get-JsonMember $target 'properties') {
                $found.Part = $target.title
                Get-SchemaProperty -Node $target -Definitions $own
            }
        }
        $found
    }
}

# The properties of everything that Read-PortTrace gives.
function Get-TraceProperty {
    $report = Read-Schema 'trace-report'
    Get-SchemaProperty -Node $report -Definitions $report.'$defs'
    $events = Read-Schema 'event'
    Get-SchemaProperty -Node $events.'$defs'.failureRow -Definitions $events.'$defs' |
        ForEach-Object { $_.Owner = 'TraceFailureEvent'; $_ }
}

# The properties of everything that the other cmdlets give, as they are in the contract: the verdict has other names.
function Get-CaptureProperty {
    $report = Read-Schema 'capture-report'
    Get-SchemaProperty -Node $report -Definitions $report.'$defs'
    foreach ($row in 'portOwner', 'afdOwner', 'exhaustionEvent') {
        Get-SchemaProperty -Node $report.'$defs'.$row -Definitions $report.'$defs'
    }
}

# The properties of everything that a comparison and the growth of a history give, as they are in the contract.
function Get-ChangeProperty {
    $comparison = Read-Schema 'change'
    Get-SchemaProperty -Node $comparison -Definitions $comparison.'$defs'
    Get-SchemaProperty -Node $comparison.'$defs'.change -Definitions $comparison.'$defs'
}

# Files of a folder whose name the fake engine takes for the name of a comparison.
function New-FakeSeries {
    param([string] $Name, [string] $Folder, [string[]] $File = ('a.zip', 'b.zip'))
    foreach ($one in $File) {
        (New-Item -Path ([System.IO.Path]::Combine($Folder, $Name, $one)) -ItemType File -Force).FullName
    }
}

# A file that the fake engine takes for the name of a machine. It is there, as the cmdlets look for folders.
function New-FakeCapture {
    param([string[]] $Name, [string] $Folder)
    foreach ($one in $Name) {
        (New-Item -Path ([System.IO.Path]::Combine($Folder, "$one.zip")) -ItemType File -Force).FullName
    }
}

# How objects look on a terminal of 100 columns, without colours, which take none.
function Get-View {
    param([object[]] $InputObject, [string] $As = 'Default')
    $text = if ($As -eq 'List') { $InputObject | Format-List | Out-String -Width 100 } else { $InputObject | Out-String -Width 100 }
    return $text -replace "$([char] 27)\[[0-9;]*m", ''
}

function Get-Width {
    param([string] $Text)
    return ($Text -split "`r?`n" | ForEach-Object { $_.Length } | Measure-Object -Maximum).Maximum
}

function Test-Ellipsis {
    param([string] $Text)
    return $Text -match "\.\.\.|$([char] 0x2026)"
}
