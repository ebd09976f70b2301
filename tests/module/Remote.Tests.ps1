# Knows what happens when other computers are read: the collector goes there as text, a capture comes back as bytes, and a computer
# that fails costs one error. Invoke-Command is a stand-in; a new PowerShell without the module is the other computer.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }

    # What Invoke-Command would give: objects that went through serialization and say where they come from.
    function New-RemoteAnswer {
        param([string] $ComputerName, [byte[]] $Bytes)
        $text = [System.Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ Bytes = $Bytes; Name = $ComputerName })
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

    It 'is named by the origin of its error, its target, or a session' {
        $session = [pscustomobject]@{ ComputerName = 'SES01' }
        $cases = @(
            @{ Problem = [pscustomobject]@{ OriginInfo = [pscustomobject]@{ PSComputerName = 'ORI01' }; TargetObject = 'X' }; Name = 'ORI01' }
            @{ Problem = (New-RemoteError 'OFF01'); Name = 'OFF01' }
            @{ Problem = [pscustomobject]@{ TargetObject = $session }; Name = 'SES01' }
            @{ Problem = [pscustomobject]@{ TargetObject = $null }; Name = 'A computer' }
        )
        foreach ($case in $cases) {
            InModuleScope PortExhaustion -Parameters $case { Get-ProblemOrigin -Problem $Problem } | Should -Be $case.Name
        }
    }
}

Describe 'The collector elsewhere' {
    It 'says that the other computer is no Windows' -Skip:($env:OS -eq 'Windows_NT') {
        $script, $text = InModuleScope PortExhaustion { (Get-RemoteCollector).ToString(); Get-CollectorText }
        { Invoke-Elsewhere $script ($text.Functions, $text.Native, @{ Part = @('Tables') }) } | Should -Throw '*live reading needs Windows*'
    }

    It 'needs no module, gives one capture, and leaves no file' {
        $script, $text = InModuleScope PortExhaustion { (Get-RemoteCollector).ToString(); Get-CollectorText }
        $before = @(Get-ChildItem -Path ([System.IO.Path]::GetTempPath()) -Filter 'PortExhaustion-*').Count
        # So that it goes on elsewhere than on Windows, as where a policy forbids native code.
        $functions = $text.Functions + "`nfunction Test-PortCollector { }"
        $answer = @(Invoke-Elsewhere $script ($functions, @('no C#'), @{ Part = @('Settings'); TimeoutSeconds = 1 }))
        $answer.Count | Should -Be 1
        , $answer[0].Bytes | Should -BeOfType [byte[]]
        @(Get-ChildItem -Path ([System.IO.Path]::GetTempPath()) -Filter 'PortExhaustion-*').Count | Should -Be $before
        $archive = [System.IO.Compression.ZipArchive]::new([System.IO.MemoryStream]::new($answer[0].Bytes))
        $archive.Entries.Name | Should -Contain 'capture.json'
        $archive.Dispose()
    }
}
