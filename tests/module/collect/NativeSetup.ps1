# Knows how module/native is compiled together with FakeSystem.cs, once in a process and under a namespace of its own: so that no
# test of the module takes it for the real one. Of its calls to Windows only two would be made here: one finds the text for a status,
# and a number takes its place; the other adjusts a privilege, and FakePrivileges takes its place. Dot-source it in BeforeAll.

$Namespace = 'PortExhaustion.NativeTest'
if (-not ("$Namespace.FakeSystem" -as [type])) {
    $folder = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'module', 'native')
    $files = @([System.IO.Directory]::GetFiles($folder, '*.cs')) + [System.IO.Path]::Combine($PSScriptRoot, 'FakeSystem.cs')
    $text = ($files | ForEach-Object { [System.IO.File]::ReadAllText($_) }) -join "`n"
    $text = $text -replace 'NtDll\.RtlNtStatusToDosError\(status\)', '5'
    $text = $text -replace 'NtDll\.RtlAdjustPrivilege\(', 'FakePrivileges.Adjust('
    Add-Type -TypeDefinition ($text -replace 'namespace PortExhaustion\.Native\b', "namespace $Namespace")
}

# The probe of FileHandles: a handle of the collector itself.
$Known = @{ ProcessId = 7; Handle = 4 }

function New-FakeSystem {
    $system = New-Object -TypeName "$Namespace.FakeSystem"
    $system.Handles.Add((New-FakeHandle -Value $Known))
    return $system
}

function New-FakeHandle {
    param([hashtable] $Value)
    $handle = New-Object -TypeName "$Namespace.FakeHandle"
    foreach ($name in $Value.Keys) {
        $handle.$name = $Value[$name]
    }
    return $handle
}

function Add-FakeHandle {
    param([object] $System, [hashtable] $Value, [int] $Count = 1)
    for ($index = 0; $index -lt $Count; $index++) {
        $handle = New-FakeHandle -Value $Value
        if (-not $Value.ContainsKey('Handle')) { $handle.Handle = 4 * ($System.Handles.Count + 1) }
        $System.Handles.Add($handle)
    }
}

# Inspects the system: { Answer, Process: inspections by process id, Order, Bytes of the rows, Rows }.
function Invoke-Inspection {
    param([object] $System, [hashtable] $Rule = @{}, [hashtable] $Running)
    $rules = New-Object -TypeName "$Namespace.InspectionRules"
    $rules.CallMs = 100
    $rules.NamelessCallMs = 100
    foreach ($name in $Rule.Keys) { $rules.$name = $Rule[$name] }
    if ($Running) {
        $rules.Created = New-Object -TypeName 'System.Collections.Generic.Dictionary[uint32,long]'
        foreach ($processId in $Running.Keys) {
            $row = New-Object -TypeName "$Namespace.ProcessRow"
            $row.ProcessId = $processId
            $row.Name, $row.Created = $Running[$processId]
            $rules.Learn($row)
        }
    }
    $table = $System.NewTable()
    $files = New-Object -TypeName "$Namespace.FileHandles" -ArgumentList $table, $Known.ProcessId, $Known.Handle
    $inspection = New-Object -TypeName "$Namespace.AfdInspection" -ArgumentList $table, $files, $System, $System.Queries(), $rules
    $answer = $inspection.Run()
    $table.Dispose()
    $bytes = [byte[]] @()
    if ($null -ne $answer.Source) {
        $stream = [System.IO.MemoryStream]::new()
        $answer.Source.WriteTo($stream)
        $bytes = $stream.ToArray()
    }
    $byProcess = @{}
    foreach ($row in $answer.Rows) { $byProcess[[int] $row.ProcessId] = $row }
    return [pscustomobject]@{ Answer = $answer; Process = $byProcess; Order = @($answer.Rows | ForEach-Object { [int] $_.ProcessId }); Bytes = $bytes; Rows = @(Read-Row $bytes) }
}

# afd-handles.bin by docs/capture-format.md.
function Read-Row {
    param([byte[]] $Bytes)
    for ($at = 0; $at -lt $Bytes.Length; $at += [BitConverter]::ToUInt32($Bytes, $at)) {
        $parts = @()
        $from = $at + 56
        foreach ($field in 48, 50, 52, 54) {
            $length = [BitConverter]::ToUInt16($Bytes, $at + $field)
            $parts += , @(if ($length -gt 0) { $Bytes[$from..($from + $length - 1)] })
            $from += $length
        }
        $statuses = 32, 36, 40, 44 | ForEach-Object { '{0:X8}' -f [BitConverter]::ToUInt32($Bytes, $at + $_) }
        [pscustomobject]@{
            ProcessId = [BitConverter]::ToUInt32($Bytes, $at + 4)
            Handle = [BitConverter]::ToUInt64($Bytes, $at + 8)
            ObjectAddress = [BitConverter]::ToUInt64($Bytes, $at + 16)
            Access = [BitConverter]::ToUInt32($Bytes, $at + 24)
            HandleCount = [BitConverter]::ToUInt32($Bytes, $at + 28)
            Statuses = $statuses -join ' '
            Name = [Text.Encoding]::Unicode.GetString([byte[]] $parts[0])
            Address = $parts[1]; Context = $parts[2]; Kind = $parts[3]
        }
    }
}
