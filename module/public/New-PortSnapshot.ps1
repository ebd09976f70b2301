# Knows how a user asks for a capture of this machine. How one is made, module/private/collect knows; what is in it,
# docs/capture-format.md. Uses cmdlets and core types only, as it also runs in Constrained Language Mode.

<#
.SYNOPSIS
Reads what this machine says of its ports into one file.

.DESCRIPTION
New-PortSnapshot asks Windows for the TCP and UDP tables, the TCP
endpoints that are bound and not connected, all handles, which of them
are sockets and on which port, processes and services, the dynamic port
ranges and the exclusions from them, settings of TCP, the events 4227,
4231 and 4266 of the last 24 hours, and whether it still gives out a
port. The answers are kept as they came, in a zip that the other commands
of this module take with -Path, on this or any other computer. It judges
nothing and needs no engine, so it also runs where the engine does not.

Run it as administrator. Otherwise it reads what it may, and a warning
says what is missing.

The file says which programs talk to whom. Only you, administrators and
SYSTEM may read it. Nothing is sent anywhere.

To find the sockets among the handles it opens processes, duplicates
their handles without any access, one at a time and for microseconds, and
closes them again; nothing changes in those processes. An administrator's
session has SeDebugPrivilege enabled meanwhile. Software that watches for
attacks (EDR) may report this, since thieves of passwords also open
processes and duplicate handles. lsass.exe, which is what they want, is
never opened. -Part leaves out what you do not want:
-Part Tables, Settings, Events, Probe touches no other process.

In Constrained Language Mode no native code may run. Then there are no
handles and no probe, the tables come from CIM and netstat, and the
answer is a folder: Path is the capture.json in it.

.PARAMETER Path
File to write, or a folder for a file named
PORTS-<computer>-<date>-<time>.zip. Without it, that file in the current
folder.

.PARAMETER Part
What to read: any of Tables, Handles, Settings, Events, Probe. Without
it, all. Processes and services are always read.

.PARAMETER TimeoutSeconds
How long handles may be inspected, 1 to 60 seconds. Processes with most
files and sockets come first.

.PARAMETER Force
Overwrites a file that exists, after the new one has been written. Of
folders, which Constrained Language Mode makes, only one that holds a
capture.

.INPUTS
None

.OUTPUTS
PortExhaustion.PortSnapshot
Path, ComputerName, Time (UTC), Format (zip or folder), SizeBytes,
Artifacts (each question with its status and reason), and Coverage, which
counts them by status.

.NOTES
Error ids (the part of FullyQualifiedErrorId before the comma):

LiveReadNotSupported     This computer does not run Windows.
SnapshotExists           There is such a file, and -Force is not given;
                         or it is something else than a capture.
SnapshotFolderNotFound   There is no folder to write the file to.
SnapshotWriteFailed      The file could not be written. None is left, unless
                         the message names one.

.EXAMPLE
New-PortSnapshot

Writes the file into the current folder.

.EXAMPLE
$snapshot = New-PortSnapshot -Path C:\Temp -TimeoutSeconds 30
Test-PortExhaustion -Path $snapshot.Path

Keeps the evidence, and then says whether ports are short.

.EXAMPLE
(New-PortSnapshot -Path C:\Temp\ports.zip -Force).Artifacts | Where-Object status -NE 'read' | Format-Table name, status, reason

What could not be read, and why.

.EXAMPLE
New-PortSnapshot -Part Tables, Settings, Events, Probe

Opens no other process: for machines whose watchers would take offence.

.LINK
Test-PortExhaustion

.LINK
https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting
#>
function New-PortSnapshot {
    [CmdletBinding(SupportsShouldProcess = $true)]
    [OutputType('PortExhaustion.PortSnapshot')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [ValidateSet('Tables', 'Handles', 'Settings', 'Events', 'Probe')]
        [string[]] $Part = @('Tables', 'Handles', 'Settings', 'Events', 'Probe'),

        [ValidateRange(1, 60)]
        [int] $TimeoutSeconds = 10,

        [switch] $Force
    )

    $fault = Test-PortCollector
    if ($null -ne $fault) {
        Write-Error -Message "New-PortSnapshot: $fault." -ErrorId LiveReadNotSupported -Category NotImplemented -RecommendedAction 'Run it on the Windows computer in question, and bring the file here.'
        return
    }
    $target = Resolve-SnapshotTarget -Path $Path
    if ($null -ne $target.Fault) {
        Write-Error -Message $target.Fault -ErrorId SnapshotFolderNotFound -Category ObjectNotFound -TargetObject $Path -RecommendedAction 'Give a path in a folder that exists.'
        return
    }
    # In Constrained Language Mode the capture is a folder, named like the file: the user did not name it. So it may only go where
    # it holds a capture.
    $isFile = $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'
    $goal = $target.Path
    if (-not $isFile) { $goal = $goal -replace '\.zip$' }
    $exists = Test-Path -LiteralPath $goal
    $mark = '"format":"portexhaustion-capture"'
    $isOurs = $isFile -or (Select-String -LiteralPath (Join-Path -Path $goal -ChildPath 'capture.json') -Pattern $mark -SimpleMatch -Quiet -ErrorAction Ignore)
    if ($exists -and -not ($Force -and $isOurs -and $isFile -eq (Test-Path -LiteralPath $goal -PathType Leaf))) {
        Write-Error -Message "There already is '$goal'." -ErrorId SnapshotExists -Category ResourceExists -TargetObject $goal -RecommendedAction 'Give another path, or -Force to overwrite a capture.'
        return
    }
    if (-not (Test-SnapshotWish -Cmdlet $PSCmdlet -Target $goal)) {
        return
    }
    $version = $MyInvocation.MyCommand.Version
    # Beside what it replaces, so that a run that fails costs nothing.
    $made = $target.Path
    if ($exists) { $made = $made -replace '\.zip$', "-$(New-Guid).zip" }
    $left = ''
    try {
        $saved = Save-PortCapture -Path $made -Part $Part -TimeoutSeconds $TimeoutSeconds -Tool "PortExhaustion $version"
        if ($exists) {
            if (-not $isFile) { $made = Split-Path -Path $saved.Path -Parent }
            $left = " The new capture is '$made'."
            Remove-Item -LiteralPath $goal -Recurse -Force -ErrorAction Stop -Confirm:$false
            Rename-Item -LiteralPath $made -NewName (Split-Path -Path $goal -Leaf) -ErrorAction Stop -Confirm:$false
            $saved.Path = $saved.Path.Replace($made, $goal)
        }
    } catch {
        $failure = @{
            Message           = "The capture could not be written to '$goal': $($_.Exception.Message)$left"
            ErrorId           = 'SnapshotWriteFailed'
            Category          = 'WriteError'
            TargetObject      = $goal
            RecommendedAction = 'Check that the disk has room and that you may write there.'
        }
        if ($isFile) {
            $PSCmdlet.ThrowTerminatingError((New-SnapshotError @failure))
        }
        # Constrained Language Mode knows no method to end the command with an error of its own.
        Write-Error @failure
        return
    }
    Write-SnapshotShortfall -Capture $saved
    New-SnapshotRecord -Capture $saved
}
