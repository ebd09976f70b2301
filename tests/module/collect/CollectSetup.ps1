# Knows how the collectors are loaded without the rest of the module, and what stands in for Windows: the native door
# (Invoke-PortNative), CIM, the inbox tools, the registry and the event log. Dot-source it in BeforeAll.
Set-StrictMode -Version 3.0

$CollectFolder = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'module', 'private', 'collect'))
foreach ($file in [System.IO.Directory]::GetFiles($CollectFolder, '*.ps1', 'AllDirectories')) {
    . $file
}

# Cmdlets of Windows, for Pester to put something in their place.
function Get-CimInstance { param([string] $Namespace, [string] $ClassName, [string] $Filter, [int] $OperationTimeoutSec) }
function Get-WinEvent { param([hashtable] $FilterHashtable, [long] $MaxEvents) }

class FakeSnapshot : System.IDisposable {
    [string] $Status = 'read'
    [string] $Reason = $null
    [bool] $IsDisposed
    [void] WriteTo([System.IO.Stream] $stream) { $stream.Write([byte[]] (1, 2, 3), 0, 3) }
    [void] Dispose() { $this.IsDisposed = $true }
}

class FakeRows {
    [void] WriteTo([System.IO.Stream] $stream) { $stream.Write([byte[]] (9, 9), 0, 2) }
}

class FakePrivilege : System.IDisposable {
    [bool] $IsEnabled = $true
    [bool] $IsDisposed
    [void] Dispose() { $this.IsDisposed = $true }
}

# An answer of the native door.
function New-Answer {
    param([string] $Status = 'read', [string] $Reason, [byte[]] $Bytes, [object[]] $Rows = @(), [int] $TableClass = 0, [object] $Source)
    return [pscustomobject]@{ Status = $Status; Reason = $Reason; Bytes = $Bytes; Source = $Source; Rows = $Rows; TableClass = $TableClass }
}

# What a healthy Windows answers: question -> answer, or, for the tables, for each family.
function New-WindowsAnswer {
    $process = [pscustomobject]@{ ProcessId = [uint32] 4242; ParentId = [uint32] 4; Name = "w$([char] 0xFC)b.exe"; Path = 'C:\web\web.exe'; Created = 133000000000000000; Session = 2 }
    $kernel = [pscustomobject]@{ ProcessId = [uint32] 4; ParentId = [uint32] 0; Name = 'System'; Path = $null; Created = [long] 0; Session = 0 }
    $inspection = [pscustomobject]@{ ProcessId = [uint32] 4242; Status = 'refused'; FileHandles = 12; Inspected = 0; Refused = 0; AfdHandles = 0; Queried = 0; TimedOut = 0; Error = 5 }
    return @{
        TcpTable = New-Answer -Bytes (0, 0, 0, 0) -TableClass 8
        UdpTable = New-Answer -Bytes (0, 0, 0, 0) -TableClass 2
        BoundTable = New-Answer -Bytes (0, 0, 0, 0)
        Processes = New-Answer -Rows $process, $kernel
        Services = New-Answer -Rows ([pscustomobject]@{ ProcessId = [uint32] 4242; Name = 'W3SVC' })
        Snapshot = [FakeSnapshot]::new()
        Inspection = New-Answer -Status partial -Reason 'of 1 processes with File handles 1 could not be opened' -Source ([FakeRows]::new()) -Rows $inspection
        DebugPrivilege = [FakePrivilege]::new()
        Build = 26100
        Wine = $false
    }
}

# A capture in memory.
function New-TestCapture {
    Add-Type -AssemblyName System.IO.Compression
    $memory = [System.IO.MemoryStream]::new()
    $archive = [System.IO.Compression.ZipArchive]::new($memory, 'Create', $true)
    $capture = New-PortCapture -Machine ([pscustomobject]@{ wine = $false }) -Archive $archive
    return Add-Member -InputObject $capture -NotePropertyName Memory -NotePropertyValue $memory -PassThru
}

# What stands in an entry of such a capture, as text.
function Read-TestEntry {
    param([object] $Capture, [string] $Name)
    $Capture.Archive.Dispose()
    $archive = [System.IO.Compression.ZipArchive]::new($Capture.Memory, 'Read')
    $reader = [System.IO.StreamReader]::new($archive.GetEntry($Name).Open())
    return $reader.ReadToEnd()
}

function Read-ZipEntry {
    param([string] $Zip, [string] $Name)
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Zip)
    try {
        $stream = $archive.GetEntry($Name).Open()
        $memory = [System.IO.MemoryStream]::new()
        $stream.CopyTo($memory)
        return , $memory.ToArray()
    } finally {
        $archive.Dispose()
    }
}

function Get-ZipName {
    param([string] $Zip)
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Zip)
    try { return @($archive.Entries.FullName) } finally { $archive.Dispose() }
}

# What the contract objects to in the text of a capture.json; nothing where it is right.
function Get-SchemaProblem {
    param([string] $Json)
    $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
    [System.IO.File]::WriteAllText($file, $Json)
    return & node (Join-Path $PSScriptRoot 'validate-capture.mjs') $file
}
