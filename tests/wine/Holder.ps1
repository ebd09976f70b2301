# Knows tests/wine/hold.c: how it is started, what it prints, and how it takes orders. Dot-source it in BeforeAll.

$HoldProgram = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build', '.cache', 'wine', 'hold.exe'))

# Starts it in a mode and waits until it is ready: { Process, ProcessId, Sockets }. Of mode leave, Process has ended and ProcessId
# is its child's.
function Start-Holder {
    param([string] $Mode)
    $start = [Diagnostics.ProcessStartInfo]::new($HoldProgram, $Mode)
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $sockets = [Collections.Generic.List[object]]::new()
    while ($line = $process.StandardOutput.ReadLine()) {
        $word = -split $line
        if ($word[0] -eq 'ready') {
            return [pscustomobject]@{ Process = $process; ProcessId = [int] $word[1]; Sockets = $sockets.ToArray() }
        }
        if ($word[0] -ne 'socket') { throw "hold $Mode says: $line" }
        $sockets.Add([pscustomobject]@{ Protocol = $word[1]; Family = $word[2]; State = $word[3]; Port = [int] $word[4] })
    }
    throw "hold $Mode ended"
}

function Send-HolderOrder {
    param([object] $Holder, [string] $Order)
    $Holder.Process.StandardInput.WriteLine($Order)
    return $Holder.Process.StandardOutput.ReadLine()
}

# It ends with its standard input, which a child of it has inherited.
function Stop-Holder {
    param([object] $Holder)
    $Holder.Process.StandardInput.Close()
    if (-not $Holder.Process.WaitForExit(5000)) { $Holder.Process.Kill() }
}

# What a capture says of AFD handles, read once more by docs/capture-format.md, in the words of hold.c. Wine names no device, so all
# of them have a kind.
function Read-AfdHandle {
    param([byte[]] $Bytes)
    for ($at = 0; $at -lt $Bytes.Length; $at += [BitConverter]::ToUInt32($Bytes, $at)) {
        $lengths = 48, 50, 52 | ForEach-Object { [BitConverter]::ToUInt16($Bytes, $at + $_) }
        $address = $at + 56 + $lengths[0]
        $kind = $address + $lengths[1] + $lengths[2]
        $family, $type, $protocol, $state = 0, 4, 8, 12 | ForEach-Object { [BitConverter]::ToInt32($Bytes, $kind + $_) }
        [pscustomobject]@{
            ProcessId   = [BitConverter]::ToUInt32($Bytes, $at + 4)
            HandleCount = [BitConverter]::ToUInt32($Bytes, $at + 28)
            Protocol    = @{ 6 = 'tcp'; 17 = 'udp' }[$protocol]
            Family      = @{ 2 = 'ipv4'; 23 = 'ipv6' }[$family]
            State       = @('bound', 'listening', 'connected')[$state]
            Port        = 256 * $Bytes[$address + 2] + $Bytes[$address + 3]
        }
    }
}

# Reads an entry of a zip.
function Read-Entry {
    param([string] $Zip, [string] $Name)
    $archive = [IO.Compression.ZipFile]::OpenRead($Zip)
    try {
        $stream = $archive.GetEntry($Name).Open()
        $memory = [IO.MemoryStream]::new()
        $stream.CopyTo($memory)
        return , $memory.ToArray()
    } finally {
        $archive.Dispose()
    }
}
