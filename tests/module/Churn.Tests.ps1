# Knows what Measure-PortChurn asks of the machine, when, and what it leaves behind; and that a watch's history is read in its place. The
# collector and the engine are stand-ins.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    Mock Test-PortCollector -ModuleName PortExhaustion { }
    Mock Start-Sleep -ModuleName PortExhaustion { }
    $asked = @{}
    # The name of the folder tells the fake engine what to say of the samples.
    Mock New-PrivateFolder -ModuleName PortExhaustion {
        $asked.Folder = [System.IO.Path]::Combine($asked.Root, [guid]::NewGuid(), $asked.Name)
        $null = [System.IO.Directory]::CreateDirectory($asked.Folder)
        $asked.Folder
    }
    Mock Save-PortCapture -ModuleName PortExhaustion {
        $asked.Parts += , ($PesterBoundParameters['Part'] -join ' ')
        if ($asked.Failing -contains $asked.Parts.Count) { throw "sample failed as told ($($asked.Parts.Count))" }
        $null = New-Item -Path $Path -ItemType File -ErrorAction Stop -WhatIf:$false -Confirm:$false
        [pscustomobject]@{ Path = $Path; Format = 'zip'; Machine = [pscustomobject]@{ name = 'HERE' }; Artifacts = $asked.Artifacts }
    }

    function New-Artifact {
        param([string] $Name, [string] $Status)
        [pscustomobject]@{ name = $Name; kind = 'x'; status = $Status }
    }

    function Reset-Machine {
        param([string] $Name = 'growing')
        $asked.Clear()
        $asked.Root = $TestDrive
        $asked.Name = $Name
        $asked.Parts = @()
        $asked.Failing = @()
        $asked.Artifacts = @(New-Artifact 'bound-tcp-ipv4' 'read')
    }

    function Get-EngineArgument {
        param([object[]] $Output)
        foreach ($line in $Output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '`["*' }) {
            , @(ConvertFrom-Json -InputObject $line.Message)
        }
    }
}

Describe 'A measurement' {
    BeforeEach {
        Reset-Machine
    }

    It 'takes three light samples within a minute, and compares them' {
        $asked.Name = 'arguments-of-compare'
        $output = @(Measure-PortChurn -Verbose 4>&1)
        $asked.Parts | Should -Be 'Tables Settings', 'Tables Settings', 'Tables Settings'
        Should -Invoke Start-Sleep -ModuleName PortExhaustion -Times 60 -Exactly -ParameterFilter { $Seconds -eq 1 }
        @(Get-EngineArgument $output)[0] | Split-Path -Leaf | Should -Be 'compare', 'sample-1.zip', 'sample-2.zip', 'sample-3.zip'
        @($output | Where-Object { $_.PSObject.TypeNames -contains 'PortExhaustion.Comparison' }).Count | Should -Be 1
    }

    It 'takes as many samples as are asked for, as far apart' {
        (Measure-PortChurn -IntervalSeconds 7 -Count 2).Growth[0].trend | Should -Be 'Growing'
        $asked.Parts.Count | Should -Be 2
        Should -Invoke Start-Sleep -ModuleName PortExhaustion -Times 7 -Exactly
    }

    It 'looks at handles in all samples alike where no table shows bound ports (<Status>)' -ForEach @(
        @{ Status = 'absent' }
        @{ Status = 'refused' }
        @{ Status = 'failed' }
    ) {
        $asked.Artifacts = @(New-Artifact 'bound-tcp-ipv4' $Status; New-Artifact 'bound-tcp-connections' $Status; New-Artifact 'tcp-ipv4' 'read')
        $null = Measure-PortChurn -Count 2
        $asked.Parts | Should -Be 'Tables Settings', 'Tables Handles Settings', 'Tables Handles Settings'
    }

    It 'needs no handles where CIM shows bound ports' {
        $asked.Artifacts = @(New-Artifact 'bound-tcp-ipv4' 'absent'; New-Artifact 'bound-tcp-connections' 'read')
        $null = Measure-PortChurn -Count 2
        $asked.Parts | Should -Be 'Tables Settings', 'Tables Settings'
    }

    It 'looks at handles where that is asked for' {
        $null = Measure-PortChurn -Count 2 -IncludeHandle
        $asked.Parts | Should -Be 'Tables Handles Settings', 'Tables Handles Settings'
    }

    It 'goes on where a sample fails, and says so' {
        $asked.Name = 'arguments-of-compare'
        $asked.Failing = @(2)
        $warnings = $null
        $output = @(Measure-PortChurn -Verbose -WarningVariable warnings -WarningAction SilentlyContinue 4>&1)
        $warnings.Message | Should -Be 'Sample 2 of 3 could not be taken: sample failed as told (2)'
        @(Get-EngineArgument $output)[0] | Split-Path -Leaf | Should -Be 'compare', 'sample-1.zip', 'sample-3.zip'
    }

    It 'decides what to read by the first sample that there is' {
        $asked.Failing = @(1)
        $asked.Artifacts = @(New-Artifact 'bound-tcp-ipv4' 'absent')
        $null = Measure-PortChurn -WarningAction SilentlyContinue
        $asked.Parts | Should -Be 'Tables Settings', 'Tables Settings', 'Tables Handles Settings', 'Tables Handles Settings'
    }

    It 'is an error where fewer than two samples are left' {
        $asked.Failing = 1, 3
        $errors = $null
        Measure-PortChurn -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        # What is caught inside stays in -ErrorVariable too, as PowerShell has it.
        $written = @($errors | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like '*,Measure-PortChurn' })
        $written.FullyQualifiedErrorId | Should -Be 'LiveReadFailed,Measure-PortChurn'
        $written.Exception.Message | Should -Be 'This computer could not be read: 1 of 3 samples were taken, and a comparison needs two. sample failed as told (3)'
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
    }

    It 'calls samples by their names, as their files are gone' {
        $asked.Name = 'captures-clock-jump'
        $errors = $null
        Measure-PortChurn -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'CapturesClockJump,Measure-PortChurn'
        "$($errors.TargetObject)" | Should -Be ''
    }

    It 'tells nothing of its folder: <Path> is <Name>' -ForEach @(
        @{ Path = '/tmp/PortExhaustion-1/sample-2.zip'; Name = 'sample-2' }
        @{ Path = '/tmp/PortExhaustion-1/sample-2/capture.json'; Name = 'sample-2' }
    ) {
        InModuleScope PortExhaustion -Parameters @{ Path = $Path } { Get-SampleName -Path $Path } | Should -Be $Name
        $records = [pscustomobject]@{ kind = 'diagnostic'; severity = 'warning'; message = "$Path is odd." }, [pscustomobject]@{ kind = 'error'; code = 'capture-damaged'; message = "$Path is damaged."; advice = 'Try again.'; path = $Path }
        $warnings, $errors = $null
        InModuleScope PortExhaustion -Parameters @{ Records = $records } {
            function Invoke-It {
                [CmdletBinding()]
                param([object[]] $Record)
                $Record | Receive-ChangeRecord -Cmdlet $PSCmdlet -Folder '/tmp/PortExhaustion-1'
            }
            Invoke-It $Records -WarningVariable script:warnings -ErrorVariable script:errors -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $script:warnings.Message, $script:errors.Exception.Message, "$($script:errors.TargetObject)"
        } | Should -Be ($Path -replace '^/tmp/PortExhaustion-1/' -replace '$', ' is odd.'), ($Path -replace '^/tmp/PortExhaustion-1/' -replace '$', ' is damaged.'), ''
    }

    It 'shows that it goes on, and that it is over' {
        $shell = New-ModuleShell
        $null = $shell.AddScript({
                & (Get-Module PortExhaustion) {
                    Set-Item -Path function:script:Test-PortCollector -Value { }
                    Set-Item -Path function:script:Start-Sleep -Value { }
                    Set-Item -Path function:script:Save-PortCapture -Value { throw 'no disk' }
                }
                Measure-PortChurn -IntervalSeconds 2 -Count 2 -ErrorAction SilentlyContinue
            }.ToString()).Invoke()
        $progress = @($shell.Streams.Progress)
        $shell.Dispose()
        $progress.StatusDescription[0..3] | Should -Be 'Taking sample 1 of 2', 'Took sample 1 of 2', 'Took sample 1 of 2', 'Taking sample 2 of 2'
        $progress.SecondsRemaining[1..2] | Should -Be 2, 1
        $progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'takes -<Name> <Value> for a mistake' -ForEach @(
        @{ Name = 'Count'; Value = 1 }
        @{ Name = 'Count'; Value = 101 }
        @{ Name = 'IntervalSeconds'; Value = 0 }
        @{ Name = 'IntervalSeconds'; Value = 3601 }
    ) {
        $options = @{ $Name = $Value }
        { Measure-PortChurn @options } | Should -Throw -ErrorId 'ParameterArgumentValidationError,Measure-PortChurn'
    }
}

Describe 'A measurement leaves nothing behind' {
    BeforeEach {
        Reset-Machine
    }

    AfterEach {
        $asked.Folder | Should -Not -BeNullOrEmpty
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
    }

    It 'after an answer' {
        (Measure-PortChurn -Count 2).Captures.file | Should -Not -BeNullOrEmpty
    }

    It 'and asks nobody, whatever the session prefers' {
        $global:WhatIfPreference = $true
        $global:ConfirmPreference = 'Low'
        try {
            (Measure-PortChurn).ComputerName | Should -Be 'WEB01'
        } finally {
            $global:WhatIfPreference = $false
            $global:ConfirmPreference = 'High'
        }
    }

    It 'where a later command wants no more, or fails' {
        $null = Measure-PortChurn | Select-Object -First 1
        Test-Path -LiteralPath $asked.Folder | Should -BeFalse
        { Measure-PortChurn | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
    }

    It 'on Ctrl+C between two samples' {
        $root = (New-Item -Path (Join-Path $TestDrive 'stopped') -ItemType Directory).FullName
        $asked.Folder = Join-Path $root 'samples'
        $shell = New-ModuleShell
        $null = $shell.AddScript({
                param($Folder)
                & (Get-Module PortExhaustion) {
                    param($Folder)
                    $script:TestFolder = $Folder
                    Set-Item -Path function:script:Test-PortCollector -Value { }
                    Set-Item -Path function:script:New-PrivateFolder -Value { (New-Item -Path $TestFolder -ItemType Directory).FullName }
                    Set-Item -Path function:script:Save-PortCapture -Value {
                        param($Path)
                        $null = New-Item -Path $Path -ItemType File
                        Write-Warning $Path
                        [pscustomobject]@{ Path = $Path; Artifacts = @() }
                    }
                } $Folder
                Measure-PortChurn -IntervalSeconds 3600 -IncludeHandle
            }.ToString()).AddArgument($asked.Folder)
        $null = $shell.BeginInvoke()
        $patience = [System.Diagnostics.Stopwatch]::StartNew()
        while ($shell.Streams.Warning.Count -eq 0 -and $patience.Elapsed.TotalSeconds -lt 20) { Start-Sleep -Milliseconds 50 }
        Test-Path -LiteralPath $shell.Streams.Warning[0].Message | Should -BeTrue
        $shell.Stop()
        $shell.Dispose()
    }
}

Describe 'No measurement' {
    BeforeEach {
        Reset-Machine
    }

    AfterEach {
        $asked.Parts | Should -BeNullOrEmpty
    }

    It 'is made elsewhere than on Windows' {
        Mock Test-PortCollector -ModuleName PortExhaustion { 'live reading needs Windows' }
        { Measure-PortChurn } | Should -Throw -ErrorId 'LiveReadNotSupported,Measure-PortChurn'
    }

    It 'is made where the engine cannot run' {
        Mock Get-EnginePath -ModuleName PortExhaustion { }
        { Measure-PortChurn } | Should -Throw -ErrorId 'EngineNotFound,Measure-PortChurn'
    }

    It 'is made for a pipeline that brings nothing' {
        @() | Measure-PortChurn | Should -BeNullOrEmpty
    }
}

Describe 'Growth of a history' {
    BeforeAll {
        Reset-Machine
    }

    It 'is an object for each pool, of the history that it is of' {
        $file = New-FakeSeries 'web01' $TestDrive -File 'history.csv'
        $growth = @(Measure-PortChurn -HistoryPath (Split-Path -Path $file -Parent))
        $growth.Count | Should -Be 2
        $growth[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortGrowth'
        $growth[0].rate.PSObject.TypeNames[0] | Should -Be 'PortExhaustion.PortRate'
        $growth[0].forecast.time.Kind | Should -Be 'Utc'
        $growth.trend | Should -Be 'Growing', 'NotGrowing'
        $growth.source | Select-Object -Unique | Should -Be (Split-Path -Path $file -Parent)
        Get-View $growth | Should -Match '(?m)^tcp +289 +1.440 +900 -> 4.200 +16.256 growing +\+2\.3 in 3\.7 days'
        Get-View $growth | Should -Match '(?m)^udp +289 +1.440 +61 -> 63 +unknown not growing +not known -'
        Get-Width (Get-View $growth) | Should -BeLessOrEqual 100
    }

    It 'is of both files where there is an older one, for <_>' -ForEach 'arguments-of-growth', 'arguments-of-growth/history.csv', 'arguments-of-growth/history*.csv' {
        $null = New-FakeSeries 'arguments-of-growth' $TestDrive -File 'history.1.csv', 'history.csv', 'other.csv'
        $given = @(Get-EngineArgument @(Measure-PortChurn -HistoryPath (Join-Path $TestDrive $_) -Verbose 4>&1))
        $given.Count | Should -Be 1
        $given[0] | Split-Path -Leaf | Should -Be 'growth', 'history.1.csv', 'history.csv'
    }

    It 'is read for each machine by itself' {
        foreach ($machine in 'one', 'two') { $null = New-FakeSeries "machines/$machine" $TestDrive -File 'history.csv' }
        $growth = @(Measure-PortChurn -HistoryPath (Join-Path $TestDrive 'machines/*'))
        $growth.Count | Should -Be 4
        $growth.source | Select-Object -Unique | Split-Path -Leaf | Should -Be 'one', 'two'
    }

    It 'comes from what Get-PortWatch gives' {
        $file = New-FakeSeries 'watched' $TestDrive -File 'history.csv'
        $watch = [pscustomobject]@{ ComputerName = 'X'; Path = 'not this'; HistoryPath = $file }
        @($watch | Measure-PortChurn).Count | Should -Be 2
        $asked.Parts | Should -BeNullOrEmpty
    }

    It 'is an error where there is none, or where the file is something else' {
        $errors = $null
        $other = Split-Path -Path (New-FakeSeries 'history-invalid' $TestDrive -File 'history.1.csv', 'history.csv')[0] -Parent
        $empty = (New-Item -Path (Join-Path $TestDrive 'no-history') -ItemType Directory).FullName
        $missing = Join-Path $TestDrive 'nowhere'
        Measure-PortChurn -HistoryPath $missing, $empty, $other -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'HistoryNotFound,Measure-PortChurn', 'HistoryNotFound,Measure-PortChurn', 'HistoryInvalid,Measure-PortChurn'
        $errors.ErrorDetails.RecommendedAction | Should -Not -Contain ''
    }
}

Describe 'A measurement of other computers' {
    BeforeAll {
        # What Invoke-Command would give: objects that went through serialization and say where they come from.
        function New-RemoteAnswer {
            param([string] $ComputerName, [object] $Fault)
            $bytes = if ($Fault) { $null } else { [byte[]] (80, 75, 3, 4) }
            $text = [System.Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ Bytes = $bytes; Name = $ComputerName; Fault = $Fault })
            $answer = [System.Management.Automation.PSSerializer]::Deserialize($text)
            Add-Member -InputObject $answer -NotePropertyName PSComputerName -NotePropertyValue $ComputerName -PassThru
        }
    }

    BeforeEach {
        Reset-Machine
        $asked.Rounds = @()
        $asked.Runs = @()
        $asked.Faults = @{}
        Mock Invoke-Command -ModuleName PortExhaustion {
            $asked.Rounds += , $PesterBoundParameters
            foreach ($name in $PesterBoundParameters['ComputerName']) { New-RemoteAnswer $name $asked.Faults["$name $($asked.Rounds.Count)"] }
        }
        # The fake engine goes by names, and captures from elsewhere have none that says what is in them.
        Mock Invoke-Engine -ModuleName PortExhaustion {
            $asked.Runs += , $ArgumentList
            foreach ($file in $ArgumentList | Select-Object -Skip 1) { [System.IO.File]::ReadAllBytes($file) | Should -Be 80, 75, 3, 4 }
            ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText((Join-Path $FakeFolder 'fixtures/growing.json'))) | ForEach-Object { $_ } |
                Where-Object { $_.kind -notin 'hello', 'end' }
        }
    }

    AfterEach {
        if ($asked.Folder) { Test-Path -LiteralPath $asked.Folder | Should -BeFalse }
    }

    It 'asks all of them in each round, and compares the samples of each' {
        $answers = @(Measure-PortChurn -ComputerName WEB01, WEB02 -IntervalSeconds 5 -Count 2)
        $answers.Count | Should -Be 2
        $asked.Rounds.Count | Should -Be 2
        $asked.Rounds[0]['ArgumentList'][2].Part | Should -Be 'Tables', 'Settings'
        Should -Invoke Start-Sleep -ModuleName PortExhaustion -Times 5 -Exactly
        foreach ($run in $asked.Runs) { $run | Split-Path -Leaf | Should -Be 'compare', 'sample-1.zip', 'sample-2.zip' }
        Split-Path -Path $asked.Runs[0][1] -Parent | Should -Not -Be (Split-Path -Path $asked.Runs[1][1] -Parent)
        $asked.Parts | Should -BeNullOrEmpty
    }

    It 'hands on who to ask and how, and reads handles where that is asked for' {
        $credential = [pscredential]::new('CONTOSO\admin', [securestring]::new())
        $null = Measure-PortChurn -ComputerName WEB01 -Credential $credential -ThrottleLimit 5 -Count 2 -IncludeHandle
        $asked.Rounds[1]['ComputerName'] | Should -Be 'WEB01'
        $asked.Rounds[1]['Credential'].UserName | Should -Be 'CONTOSO\admin'
        $asked.Rounds[1]['ThrottleLimit'] | Should -Be 5
        $asked.Rounds[1]['ArgumentList'][2].Part | Should -Be 'Tables', 'Handles', 'Settings'
    }

    It 'goes on where a sample fails, and gives one error for a computer that has too few' {
        $asked.Faults = @{ 'WEB01 2' = 'no memory'; 'OFF01 1' = 'is off'; 'OFF01 3' = 'is off again' }
        $errors = $warnings = $null
        $answers = @(Measure-PortChurn -ComputerName WEB01, OFF01 -ErrorVariable errors -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue)
        $answers.Count | Should -Be 1
        $asked.Runs[0] | Split-Path -Leaf | Should -Be 'compare', 'sample-1.zip', 'sample-3.zip'
        $warnings.Message | Should -Be 'Sample 1 of 3 of OFF01 could not be taken: is off', 'Sample 2 of 3 of WEB01 could not be taken: no memory', 'Sample 3 of 3 of OFF01 could not be taken: is off again'
        $errors.FullyQualifiedErrorId | Should -Be 'RemoteReadFailed,Measure-PortChurn'
        $errors[0].Exception.Message | Should -Be 'OFF01 could not be read twice: is off again'
        $errors[0].TargetObject | Should -Be 'OFF01'
    }

    It 'leaves nothing here, whatever the session prefers' {
        $global:WhatIfPreference = $true
        try { @(Measure-PortChurn -ComputerName WEB01, WEB02).Count | Should -Be 2 } finally { $global:WhatIfPreference = $false }
        $asked.Folder | Should -Not -BeNullOrEmpty
    }
}
