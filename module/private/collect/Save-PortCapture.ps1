# Knows how a capture is made: which questions are asked, in which order, and that no half file is left. Tables and handles come
# first and close together, so that they tell of one moment.

function Save-PortCapture {
    <#
    .SYNOPSIS
    Reads this machine into a capture: { Path, Format, Machine, Artifacts }.
    .DESCRIPTION
    Format is 'zip', or 'folder' in Constrained Language Mode: then Path is its capture.json. What cannot be read is an artifact with a
    reason; an error comes only from writing the file.
    .PARAMETER Path
    Full path of a .zip that does not exist.
    .PARAMETER Part
    What to read besides processes and services, which are always read.
    .PARAMETER TimeoutSeconds
    How long handles may be inspected.
    .PARAMETER NativeSource
    Texts of module/native/*.cs; without them they are read from -NativeFolder.
    #>
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [ValidateSet('Tables', 'Handles', 'Settings', 'Events', 'Probe')]
        [string[]] $Part = @('Tables', 'Handles', 'Settings', 'Events', 'Probe'),
        [int] $TimeoutSeconds = 10,
        [int] $EventHours = 24,
        [string] $Tool = 'PortExhaustion',
        [AllowNull()] [string[]] $NativeSource,
        [AllowNull()] [string] $NativeFolder = $(if (Get-Variable -Name ModuleRoot -ErrorAction Ignore) { Join-Path -Path $ModuleRoot -ChildPath 'native' })
    )

    # Who wanted to be asked was asked before, about the capture as a whole. Half a capture, or one that stays behind in a temporary
    # folder, is nobody's wish; and everything that is called below finds these two.
    $WhatIfPreference = $false
    $ConfirmPreference = 'None'
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
        return Save-ConstrainedCapture -Path $Path -Part $Part -EventHours $EventHours -Tool $Tool
    }
    $fault = Import-PortNative -Source $NativeSource -Folder $NativeFolder
    $target = $null
    $privilege = $null
    try {
        $target = Open-CaptureArchive -Path $Path
        $isEnabled = $null
        # For the handles of others only: who leaves those out wants no process touched.
        if (-not $fault -and $Part -contains 'Handles') {
            $privilege = Invoke-PortNative -Question DebugPrivilege
            # What is no such object, since enabling failed, tells no more than that.
            $isEnabled = $privilege -is [System.IDisposable] -and $privilege.IsEnabled
        }
        $machine = Get-CaptureMachine -Native:(-not $fault) -DebugPrivilege $isEnabled
        $capture = New-PortCapture -Machine $machine -Archive $target.Archive
        Add-CapturePart -Capture $capture -Part $Part -TimeoutSeconds $TimeoutSeconds -EventHours $EventHours -Fault $fault
        Complete-PortCapture -Capture $capture -Tool $Tool
        # Here and not only when it is closed, since what these two still hold may not have room.
        $target.Archive.Dispose()
        $target.Stream.Dispose()
        $target.IsComplete = $true
    } catch [System.Management.Automation.MethodInvocationException] {
        # What failed is for people: "There is not enough space on the disk", not which method of .NET was called.
        throw $_.Exception.GetBaseException()
    } finally {
        if ($privilege -is [System.IDisposable]) { $privilege.Dispose() }
        if ($null -ne $target) { Close-CaptureArchive -Target $target }
    }
    return New-Object -TypeName PSObject -Property ([ordered]@{ Path = $Path; Format = 'zip'; Machine = $capture.Machine; Artifacts = $capture.Artifacts })
}
