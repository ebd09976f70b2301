# Knows what a user of Get-PortRemedy may rely on: where remedies come from, which are given, that nothing is changed or executed, and its
# errors. The fake engine says what is in a file by its name.
BeforeDiscovery {
    # Objects that are no remedies' source, each with the type that the error names.
    $foreign = @(
        @{ Name = 'a number'; Object = 5; Type = 'System.Int32' }
        @{ Name = 'a process'; Object = (Get-Process -Id $PID); Type = 'System.Diagnostics.Process' }
        @{ Name = 'an object without a path'; Object = [pscustomobject]@{ Level = 'Healthy' }; Type = 'System.Management.Automation.PSCustomObject' }
        @{ Name = 'a recording'; Object = [pscustomobject]@{ PSTypeName = 'PortExhaustion.PortTrace'; Path = 'ports.etl' }; Type = 'PortExhaustion.PortTrace' }
        @{ Name = 'the growth of a history'; Object = [pscustomobject]@{ PSTypeName = 'PortExhaustion.PortGrowth'; trend = 'Growing' }; Type = 'PortExhaustion.PortGrowth' }
        @{ Name = 'a remedy'; Object = [pscustomobject]@{ PSTypeName = 'PortExhaustion.Remedy'; id = 'x' }; Type = 'PortExhaustion.Remedy' }
    )
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $web01, $db02, $pc07 = New-FakeCapture 'web01', 'db02', 'pc07' $TestDrive
    $all = 'restart-service', 'close-sockets', 'widen-range', 'collect-evidence'

    # What comes back from a file, a job or another computer.
    function Get-Returned {
        param([object] $InputObject)
        $file = Join-Path $TestDrive 'returned.xml'
        $InputObject | Export-Clixml -Path $file
        Import-Clixml -Path $file
    }
}

Describe 'Remedies' {
    It 'are typed, in the order of the engine, and tell their machine' {
        $remedies = @(Get-PortRemedy $web01)
        $remedies.id | Should -Be $all
        $remedies.order | Should -Be 1, 2, 3, 4
        foreach ($remedy in $remedies) {
            $remedy.PSObject.TypeNames.Where({ $_ -like 'PortExhaustion.*' }) | Should -Be 'PortExhaustion.Remedy'
            $remedy.computerName, $remedy.source | Should -Be 'WEB01', $web01
        }
        $remedies[0].commands | Should -Be "Restart-Service -Name 'ContosoBilling' -Force"
        $remedies[2].commands.Count | Should -Be 3
    }

    It 'are none where nothing was found' {
        Get-PortRemedy $db02 | Should -BeNullOrEmpty
        $said = @(Get-PortRemedy $db02 -Verbose 4>&1) -match 'no(thing| such)'
        "$said" | Should -BeLike '*Nothing was found for which there is such a remedy.'
    }

    It 'are chosen by id, with wildcards, each once' {
        (Get-PortRemedy $web01 -Id 'widen-range').order | Should -Be 3
        (Get-PortRemedy $web01 -Id 'c*', '*-sockets').id | Should -Be 'close-sockets', 'collect-evidence'
        Get-PortRemedy $web01 -Id 'restart' | Should -BeNullOrEmpty
    }

    It 'are the first <Count> of each machine' -ForEach @{ Count = 1 }, @{ Count = 3 }, @{ Count = 4 }, @{ Count = 9 } {
        $expected = $all[0..([Math]::Min($Count, 4) - 1)]
        (Get-PortRemedy $web01 -First $Count).id | Should -Be $expected
        (Test-PortExhaustion $web01, $web01, $db02 | Get-PortRemedy -First $Count).id | Should -Be $expected
        $case = New-Item -Path (Join-Path $TestDrive 'case') -ItemType Directory -Force
        foreach ($name in 'a.txt', 'b.txt') { $null = New-Item -Path (Join-Path $case $name) -ItemType File -Force }
        (Get-PortRemedy $case.FullName, $web01 -First $Count -WarningAction SilentlyContinue).id | Should -Be (@('reuse-connections') + $expected)
    }

    It 'are chosen first and then counted' {
        (Get-PortRemedy $web01 -Id 'c*' -First 1).id | Should -Be 'close-sockets'
    }
}

Describe 'Files' {
    It 'come by position, by name, from Get-ChildItem, as strings and as objects' {
        (Get-PortRemedy $web01).id | Should -Be $all
        (Get-PortRemedy -Path $web01).id | Should -Be $all
        (Get-PortRemedy -LiteralPath $web01).id | Should -Be $all
        (Get-PortRemedy (Join-Path $TestDrive 'web*.zip')).id | Should -Be $all
        ($web01 | Get-PortRemedy).id | Should -Be $all
        (Get-ChildItem -Path $web01 | Get-PortRemedy).id | Should -Be $all
        (Get-PortRemedy (Get-Item -Path $web01)).id | Should -Be $all
        ([System.IO.FileInfo]::new($web01) | Get-PortRemedy).id | Should -Be $all
        ([pscustomobject]@{ Path = $web01; ComputerName = 'WEB01' } | Get-PortRemedy).id | Should -Be $all
    }

    It 'may be a snapshot just taken, also one that came back from elsewhere' {
        $snapshot = [pscustomobject]@{ PSTypeName = 'PortExhaustion.PortSnapshot'; Path = $web01 }
        ($snapshot | Get-PortRemedy).id | Should -Be $all
        (Get-Returned $snapshot | Get-PortRemedy).id | Should -Be $all
    }

    It 'by exact names are taken so' {
        $odd = Join-Path $TestDrive '[1]'
        $null = New-Item -Path $odd -ItemType Directory
        $file = Join-Path $odd 'web01.zip'
        [System.IO.File]::WriteAllBytes($file, [byte[]] @())
        (Get-PortRemedy -LiteralPath $file).id | Should -Be $all
        (Get-ChildItem -LiteralPath $odd | Get-PortRemedy).id | Should -Be $all
    }

    It 'that do not come are no question about this machine' {
        Mock Read-LiveCapture -ModuleName PortExhaustion { throw 'the machine was asked' }
        @() | Get-PortRemedy | Should -BeNullOrEmpty
        Get-ChildItem -Path (Join-Path $TestDrive '*.none') | Get-PortRemedy | Should -BeNullOrEmpty
    }
}

Describe 'What brings its remedies' {
    It 'is a verdict, and stays as it was' {
        $verdict = Test-PortExhaustion $web01
        $before = ConvertTo-Json -InputObject $verdict -Depth 9
        $remedies = $verdict | Get-PortRemedy
        $remedies.id | Should -Be $all
        $remedies[0].computerName, $remedies[0].source | Should -Be 'WEB01', $web01
        (Get-PortRemedy $verdict).id | Should -Be $all
        ConvertTo-Json -InputObject $verdict -Depth 9 | Should -Be $before
    }

    It 'is the report of a trace, whose machine a snapshot tells that was used' {
        $report = Read-PortTrace (Get-FakeTrace 'leak')
        $remedies = $report | Get-PortRemedy
        $remedies.id | Should -Be 'find-holder', 'collect-evidence'
        $remedies[0].source | Should -Be 'C:\Temp\web01-0311.etl'
        $remedies[0].computerName | Should -BeNullOrEmpty
        $capture = [pscustomobject]@{ used = $false; computer = 'OTHER' }, [pscustomobject]@{ used = $true; computer = 'WEB01' }
        $report.captures = @($capture)
        (Get-PortRemedy $report -First 1).computerName | Should -Be 'WEB01'
    }

    It 'is a comparison, with all of its files' {
        $comparison = Compare-PortSnapshot (New-FakeSeries 'growing' $TestDrive)
        $remedies = @($comparison | Get-PortRemedy)
        $remedies.id | Should -Be $comparison.Remedies.id
        $remedies.Count | Should -BeGreaterThan 0
        $remedies[0].computerName | Should -Be $comparison.ComputerName
        $remedies[0].source | Should -Be $comparison.Captures.file
    }

    It 'is a comparison of samples that were taken, whose files are gone' {
        $comparison = Compare-PortSnapshot (New-FakeSeries 'growing' $TestDrive)
        foreach ($capture in $comparison.Captures) { $capture.file = 'sample-1' }
        $remedies = @($comparison | Get-PortRemedy)
        $remedies.id | Should -Be $comparison.Remedies.id
        $remedies[0].source | Should -Be $null
        Get-View $remedies | Should -Match '(?m)^   Computer: WEB01\r?$'
    }

    It 'gives the same after a journey' {
        foreach ($source in (Test-PortExhaustion $web01), (Read-PortTrace (Get-FakeTrace 'leak')), (Compare-PortSnapshot (New-FakeSeries 'growing' $TestDrive))) {
            $back = Get-Returned (Get-Returned $source)
            $back.PSObject.TypeNames[0] | Should -BeLike 'Deserialized.*'
            $remedies = @($back | Get-PortRemedy)
            $remedies[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.Remedy'
            ConvertTo-Json -InputObject $remedies -Depth 9 | Should -Be (ConvertTo-Json -InputObject @($source | Get-PortRemedy) -Depth 9)
        }
    }

    It 'needs no engine' {
        $verdict = Test-PortExhaustion $web01
        Mock Get-EnginePath -ModuleName PortExhaustion { }
        ($verdict | Get-PortRemedy).id | Should -Be $all
    }

    It 'may come with files in one pipeline' {
        (@((Test-PortExhaustion $web01), $web01) | Get-PortRemedy -First 1).source | Should -Be $web01, $web01
    }
}

Describe 'This machine and others' {
    It 'are read for all that a verdict needs, with the limits that the user set' {
        $asked = @{}
        Mock Read-LiveCapture -ModuleName PortExhaustion { $asked.Live = $Request }
        Mock Read-RemoteCapture -ModuleName PortExhaustion { $asked.Remote = $Request }
        Get-PortRemedy -TimeoutSeconds 7 -Id 'x' | Should -BeNullOrEmpty
        $asked.Live.Question.Parts | Should -Be 'Tables', 'Handles', 'Settings', 'Events', 'Probe'
        $asked.Live.Bound['TimeoutSeconds'] | Should -Be 7
        Get-PortRemedy -ComputerName WEB01, DB02 -ThrottleLimit 2 | Should -BeNullOrEmpty
        $asked.Remote.Bound['ComputerName'] | Should -Be 'WEB01', 'DB02'
    }

    It 'say who they are, without a source' {
        Mock Test-PortCollector -ModuleName PortExhaustion { }
        Mock Save-PortCapture -ModuleName PortExhaustion {
            $file = New-FakeCapture 'web01' (Split-Path -Path $Path -Parent)
            [pscustomobject]@{ Path = $file; Machine = [pscustomobject]@{ name = 'HERE' } }
        }
        $remedy = Get-PortRemedy -First 1
        $remedy.computerName, $remedy.source | Should -Be 'WEB01', $null
    }

    It 'cannot be read where this is not Windows' {
        Mock Test-PortCollector -ModuleName PortExhaustion { 'it is not Windows' }
        { Get-PortRemedy } | Should -Throw -ErrorId 'LiveReadNotSupported,Get-PortRemedy'
    }

    It 'warn of what could not be read' {
        $warnings = $null
        Get-PortRemedy $pc07 -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings[0].Message | Should -BeLike '*pc07.zip: Not everything could be read, for want of administrator rights: *'
    }
}

Describe 'Errors' {
    It 'name the type of <Name>, and the next one is taken' -ForEach $foreign {
        $errors = $null
        $remedies = @($Object, $web01 | Get-PortRemedy -ErrorVariable errors -ErrorAction SilentlyContinue)
        $errors.FullyQualifiedErrorId | Should -Be 'RemedyInputInvalid,Get-PortRemedy'
        $errors[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $errors[0].TargetObject | Should -Be $Type
        $errors[0].Exception.Message | Should -Be "An object of the type $Type has no remedies."
        $errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*Test-PortExhaustion*'
        $remedies.id | Should -Be $all
    }

    It 'say that a verdict is older than remedies are' {
        $old = [pscustomobject]@{ PSTypeName = 'Deserialized.PortExhaustion.Verdict'; Level = 'Critical'; ComputerName = 'WEB01'; Source = $null }
        $errors = $null
        Get-PortRemedy $old -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'RemedyInputInvalid,Get-PortRemedy'
        $errors[0].Exception.Message | Should -BeLike 'This Verdict brings no remedies: *older version*'
    }

    It 'say of an empty text that it is none, where an empty path would be the folder of the session' {
        $errors = $null
        Push-Location -LiteralPath $TestDrive
        try {
            $remedies = @('', ' ', $web01 | Get-PortRemedy -ErrorVariable errors -ErrorAction SilentlyContinue)
        } finally {
            Pop-Location
        }
        $errors.FullyQualifiedErrorId | Should -Be 'RemedyInputInvalid,Get-PortRemedy', 'RemedyInputInvalid,Get-PortRemedy'
        $errors[0].Exception.Message | Should -Be 'An empty text has no remedies.'
        $remedies.id | Should -Be $all
    }

    It 'are those of files' {
        $errors = $null
        Get-PortRemedy (Join-Path $TestDrive 'none*.zip'), 'Env:PATH', (New-FakeCapture 'capture-damaged' $TestDrive) -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -Be 'EvidenceFileNotFound,Get-PortRemedy', 'EvidenceNotOnFileSystem,Get-PortRemedy', 'CaptureDamaged,Get-PortRemedy'
    }
}

Describe 'Get-PortRemedy executes nothing' {
    It 'and has no parameter that would' {
        $parameters = (Get-Command -Name Get-PortRemedy).Parameters.Keys
        $parameters | Where-Object { 'WhatIf', 'Confirm', 'Force', 'Run', 'Invoke', 'Execute' -contains $_ } | Should -BeNullOrEmpty
        $sources = @(Get-ChildItem -Path (Join-Path $ModuleFolder 'private/remedy') -Filter '*.ps1') + (Get-Item -Path (Join-Path $ModuleFolder 'public/Get-PortRemedy.ps1'))
        foreach ($source in $sources) {
            $tree = [System.Management.Automation.Language.Parser]::ParseFile($source.FullName, [ref] $null, [ref] $null)
            $called = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
            # No call operator and no dot: each command is called by its name.
            $called | Where-Object { $null -eq $_.GetCommandName() } | Should -BeNullOrEmpty
            $called | ForEach-Object { $_.GetCommandName() } | Where-Object { 'Invoke-Expression', 'Invoke-Command', 'Start-Process' -contains $_ } | Should -BeNullOrEmpty
        }
    }
}
