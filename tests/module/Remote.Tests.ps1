# Knows what happens when other computers are read: the collector goes there as text, a capture comes back as bytes, and a computer
# that fails costs one error. Invoke-Command is a stand-in; a new PowerShell without the module is the other computer.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }

    # What Invoke-Command would give: objects that went through serialization and say where they come from.
    function New-RemoteAnswer {
        param([string] $ComputerName, [byte[]] $Bytes, [object] $Fault)
        $text = [System.Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ Bytes = $Bytes; Name = $ComputerName; Fault = $Fault })
        $answer = [System.Management.Automation.PSSerializer]::Deserialize($text)
        Add-Member -InputObject $answer -NotePropertyName PSComputerName -NotePropertyValue $ComputerName -PassThru
    }

    # An error of Invoke-Command about a computer that it does not reach.
    function New-RemoteError {
        param([string] $ComputerName)
        $exception = [System.Management.Automation.Remoting.PSRemotingTransportException]::new("Connecting to remote server $ComputerName failed.")
        [System.Management.Automation.ErrorRecord]::new($exception, 'PSSessionStateBroken', 'OpenError', $ComputerName)
    }

    # Runs a script block in a PowerShell that knows nothing of this module, as Invoke-Command does on another computer.
    function Invoke-Elsewhere {
        param([string] $Script, [object[]] $ArgumentList)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript($Script)
            foreach ($argument in $ArgumentList) {
                $text = [System.Management.Automation.PSSerializer]::Serialize($argument, 3)
                $null = $shell.AddArgument([System.Management.Automation.PSSerializer]::Deserialize($text))
            }
            $shell.Invoke()
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'Other computers' {
    BeforeEach {
        $asked = @{ Files = @() }
        Mock Invoke-Command -ModuleName PortExhaustion {
            $asked.Call = $PesterBoundParameters
            New-RemoteAnswer 'WEB01' ([byte[]] (80, 75, 3, 4))
            New-RemoteAnswer 'DB02' ([byte[]] (80, 75, 5, 6))
        }
        # The fake engine goes by names, and captures from elsewhere have none that says what is in them.
        Mock Invoke-Engine -ModuleName PortExhaustion {
            $file = $ArgumentList[1]
            $asked.Files += [pscustomobject]@{ Path = $file; Bytes = [System.IO.File]::ReadAllBytes($file) }
            $name = if ($asked.Files.Count -eq 1) { 'web01' } else { 'db02' }
            ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText((Join-Path $FakeFolder "fixtures/$name.json"))) | ForEach-Object { $_ } |
                Where-Object { $_.kind -notin 'hello', 'end' }
        }
    }

    It 'are read by the engine here, from the bytes that came' {
        $verdicts = Test-PortExhaustion -ComputerName WEB01, DB02
        $verdicts.ComputerName | Should -Be 'WEB01', 'DB02'
        $verdicts[0].Source | Should -BeNullOrEmpty
        $asked.Files[1].Bytes | Should -Be 80, 75, 5, 6
        foreach ($file in $asked.Files) {
            Test-Path -LiteralPath (Split-Path -Path $file.Path -Parent) | Should -BeFalse
        }
    }

    It 'leave nothing here, whatever the session prefers' {
        $global:WhatIfPreference = $true
        try { $null = Test-PortExhaustion -ComputerName WEB01, DB02 } finally { $global:WhatIfPreference = $false }
        $asked.Files.Count | Should -Be 2
        foreach ($file in $asked.Files) {
            Test-Path -LiteralPath (Split-Path -Path $file.Path -Parent) | Should -BeFalse
        }
    }

    It 'get the parameters that are theirs' {
        $credential = [pscredential]::new('CONTOSO\admin', [securestring]::new())
        $null = Get-PortOwner -ComputerName WEB01, DB02 -Credential $credential -ThrottleLimit 5 -TimeoutSeconds 7 -Top 1
        $asked.Call['ComputerName'] | Should -Be 'WEB01', 'DB02'
        $asked.Call['Credential'].UserName | Should -Be 'CONTOSO\admin'
        $asked.Call['ThrottleLimit'] | Should -Be 5
        $options = $asked.Call['ArgumentList'][2]
        $options.Part | Should -Be 'Tables', 'Handles', 'Settings'
        $options.TimeoutSeconds | Should -Be 7
        $options.Keys | Should -Not -Contain 'EventHours'
        $null = Get-PortExhaustionEvent -ComputerName WEB01 -Hours 48
        $asked.Call['ArgumentList'][2].EventHours | Should -Be 48
    }

    It 'get all functions of the collector and all of its native code' {
        $null = Get-PortPool -ComputerName WEB01
        $functions, $native = $asked.Call['ArgumentList'][0, 1]
        foreach ($file in Get-ChildItem -Path (Join-Path $ModuleFolder 'private/collect') -Filter '*.ps1' -Recurse) {
            $functions | Should -Match "(?m)^function $($file.BaseName) "
        }
        $native.Count | Should -Be @(Get-ChildItem -Path (Join-Path $ModuleFolder 'native') -Filter '*.cs').Count
    }
}

Describe 'A computer that fails' {
    It 'is one error, and the others go on' {
        Mock Invoke-Command -ModuleName PortExhaustion {
            $PesterBoundParameters.Keys | Should -Contain 'ErrorVariable'
            Write-Error -ErrorRecord (New-RemoteError 'OFF01') -ErrorAction Continue
            New-RemoteAnswer 'WEB01' ([byte[]] 1)
            Write-Error -ErrorRecord (New-RemoteError 'OFF02') -ErrorAction Continue
            Write-Error -ErrorRecord (New-RemoteError 'OFF02') -ErrorAction Continue
        }
        Mock Read-CaptureFile -ModuleName PortExhaustion { "read $Label" }
        $errors = $null
        $answer = Test-PortExhaustion -ComputerName OFF01, WEB01, OFF02 -ErrorVariable errors -ErrorAction SilentlyContinue
        $answer | Should -Be 'read WEB01'
        $written = @($errors | Where-Object { $_.FullyQualifiedErrorId -eq 'RemoteReadFailed,Test-PortExhaustion' })
        $written.TargetObject | Should -Be 'OFF01', 'OFF02'
        $written[0].Exception.Message | Should -Be 'OFF01 could not be read: Connecting to remote server OFF01 failed.'
        $written[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'is an error of the command also where it is the only one that was asked' {
        Mock Invoke-Command -ModuleName PortExhaustion { throw [System.Management.Automation.RemoteException]::new('The pipe is broken.') }
        $errors = $null
        Test-PortExhaustion -ComputerName WEB01 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $written = @($errors | Where-Object { $_.FullyQualifiedErrorId -eq 'RemoteReadFailed,Test-PortExhaustion' })
        $written.Exception.Message | Should -Be 'WEB01 could not be read: The pipe is broken.'
        { Test-PortExhaustion -ComputerName WEB01 -ErrorAction Stop } | Should -Throw -ErrorId 'RemoteReadFailed,Test-PortExhaustion'
    }

    It 'says why by itself where it was reached' {
        Mock Invoke-Command -ModuleName PortExhaustion {
            New-RemoteAnswer 'FULL01' $null 'There is not enough space on the disk.'
            New-RemoteAnswer 'WEB01' ([byte[]] 1) $null
        }
        Mock Read-CaptureFile -ModuleName PortExhaustion { "read $Label" }
        $errors = $null
        Test-PortExhaustion -ComputerName FULL01, WEB01 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -Be 'read WEB01'
        $errors[0].FullyQualifiedErrorId | Should -Be 'RemoteReadFailed,Test-PortExhaustion'
        $errors[0].Exception.Message | Should -Be 'FULL01 could not be read: There is not enough space on the disk.'
    }

    It 'is not blamed for what a later command throws' {
        Mock Invoke-Command -ModuleName PortExhaustion { New-RemoteAnswer 'WEB01' ([byte[]] 1) $null }
        Mock Read-CaptureFile -ModuleName PortExhaustion { "read $Label" }
        { Test-PortExhaustion -ComputerName WEB01 | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        Test-PortExhaustion -ComputerName WEB01, DB02 | Select-Object -First 1 | Should -Be 'read WEB01'
    }

    It 'is named by the origin of its error, its target, or a session' {
        $session = [pscustomobject]@{ ComputerName = 'SES01' }
        $cases = @(
            @{ Problem = [pscustomobject]@{ OriginInfo = [pscustomobject]@{ PSComputerName = 'ORI01' }; TargetObject = 'X' }; Name = 'ORI01' }
            @{ Problem = (New-RemoteError 'OFF01'); Name = 'OFF01' }
            @{ Problem = [pscustomobject]@{ TargetObject = $session }; Name = 'SES01' }
            @{ Problem = [pscustomobject]@{ TargetObject = $null }; Name = 'A computer' }
            @{ Problem = [pscustomobject]@{ TargetObject = $null }; Name = 'SES01'; Target = @{ Session = $session } }
        )
        foreach ($case in $cases) {
            if (-not $case.ContainsKey('Target')) { $case.Target = @{ ComputerName = 'WEB01', 'DB02' } }
            InModuleScope PortExhaustion -Parameters $case { Get-ProblemOrigin -Problem $Problem -Target $Target } | Should -Be $case.Name
        }
    }
}

Describe 'A session with another process (skipped on Windows, which it would read)' -Skip:($env:OS -eq 'Windows_NT') {
    BeforeAll {
        $process = [System.Management.Automation.Runspaces.PowerShellProcessInstance]::new()
        $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null, $process)
        $runspace.Open()
        $session = [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
    }

    AfterAll {
        $runspace.Dispose()
        $process.Dispose()
    }

    It 'gives one error, with its reason, where it cannot be read' {
        $errors = $null
        Test-PortExhaustion -Session $session -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'RemoteReadFailed,Test-PortExhaustion'
        $errors.Exception.Message | Should -Be 'localhost could not be read: live reading needs Windows'
    }

    It 'gives one error where it is gone' {
        $runspace.Close()
        $errors = $null
        Test-PortExhaustion -Session $session -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @($errors.FullyQualifiedErrorId -eq 'RemoteReadFailed,Test-PortExhaustion').Count | Should -Be 1
    }
}

Describe 'The collector elsewhere' {
    It 'says that the other computer is no Windows (skipped where it is one)' -Skip:($env:OS -eq 'Windows_NT') {
        $script, $text = InModuleScope PortExhaustion { (Get-RemoteCollector).ToString(); Get-CollectorText }
        $answer = Invoke-Elsewhere $script ($text.Functions, $text.Native, @{ Part = @('Tables') })
        $answer.Fault | Should -Be 'live reading needs Windows'
        $answer.Bytes | Should -BeNullOrEmpty
    }

    It 'says why it failed, and leaves no file' {
        $script, $text = InModuleScope PortExhaustion { (Get-RemoteCollector).ToString(); Get-CollectorText }
        $functions = $text.Functions + @'

function Test-PortCollector { }
function Save-PortCapture { param($Path) [System.IO.File]::WriteAllText($Path, 'half'); throw "No room for $Path" }
'@
        $answer = Invoke-Elsewhere $script ($functions, @('no C#'), @{ Part = @('Settings') })
        $answer.Fault | Should -Match '^No room for .+\.zip$'
        Test-Path -LiteralPath ($answer.Fault -replace '^No room for ') | Should -BeFalse
    }

    It 'says that Constrained Language Mode forbids it' {
        $script, $text = InModuleScope PortExhaustion { (Get-RemoteCollector).ToString(); Get-CollectorText }
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        $answer = $shell.AddScript($script).AddArgument($text.Functions).AddArgument($text.Native).AddArgument(@{ Part = @('Settings') }).Invoke()
        $shell.Dispose()
        $answer.Count | Should -Be 1
        $answer[0].Fault | Should -Match 'language mode'
    }

    It 'needs no module, gives one capture, and leaves no file' {
        $script, $text = InModuleScope PortExhaustion { (Get-RemoteCollector).ToString(); Get-CollectorText }
        # A folder of its own, as others write into the usual one meanwhile.
        $before = $env:TMPDIR, $env:TMP
        $temporary = (New-Item -Path (Join-Path $TestDrive 'temporary') -ItemType Directory).FullName
        $env:TMPDIR, $env:TMP = $temporary, $temporary
        # So that it goes on elsewhere than on Windows, as where a policy forbids native code.
        $functions = $text.Functions + "`nfunction Test-PortCollector { }"
        try {
            $answer = @(Invoke-Elsewhere $script ($functions, @('no C#'), @{ Part = @('Settings'); TimeoutSeconds = 1 }))
        } finally {
            $env:TMPDIR, $env:TMP = $before
        }
        $answer.Count | Should -Be 1
        , $answer[0].Bytes | Should -BeOfType [byte[]]
        @(Get-ChildItem -Path $temporary -Filter 'PortExhaustion-*').Count | Should -Be 0
        $archive = [System.IO.Compression.ZipArchive]::new([System.IO.MemoryStream]::new($answer[0].Bytes))
        $archive.Entries.Name | Should -Contain 'capture.json'
        $archive.Dispose()
    }
}
