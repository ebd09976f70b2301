# Knows that the module and engine/contract/*.schema.json agree: names, types, times, error codes, and what the views show.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    $views = foreach ($file in Get-ChildItem -Path (Join-Path $ModuleFolder 'views') -Filter '*.Format.ps1xml') {
        $xml = [xml] [System.IO.File]::ReadAllText($file.FullName)
        foreach ($view in $xml.SelectNodes('//View')) {
            @{ Name = $view.SelectSingleNode('Name').InnerText; View = $view }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    # What the cmdlets give that no schema names: which machine a row is about, and the verdict.
    $added = foreach ($owner in 'PortPool', 'PortOwner', 'AfdOwner', 'PortReservation', 'ExhaustionEvent', 'Remedy') {
        'computerName', 'source' | ForEach-Object { [pscustomobject]@{ Owner = $owner; Name = $_; Part = $null; IsTime = $false } }
    }
    # The growth of a history has one.
    $added = @($added) + [pscustomobject]@{ Owner = 'PortGrowth'; Name = 'source'; Part = $null; IsTime = $false }
    Mock Get-EnginePath -ModuleName PortExhaustion { $FakeEngine }
    $verdict = foreach ($property in (Test-PortExhaustion (New-FakeCapture 'web01' $TestDrive)).PSObject.Properties) {
        [pscustomobject]@{ Owner = 'Verdict'; Name = $property.Name; Part = $null; IsTime = $false }
    }
    $snapshot = InModuleScope PortExhaustion -Parameters @{ File = (New-FakeCapture 'snapshot' $TestDrive) } {
        $machine = [pscustomobject]@{ name = 'X'; time = '2026-11-24T03:00:00.0000000Z' }
        New-SnapshotRecord -Capture ([pscustomobject]@{ Path = $File; Format = 'zip'; Machine = $machine; Artifacts = @() })
    }
    $added = @($added) + @($snapshot.PSObject.Properties.Name | ForEach-Object { [pscustomobject]@{ Owner = 'PortSnapshot'; Name = $_; Part = $null; IsTime = $false } }) +
    @($snapshot.Coverage.PSObject.Properties.Name | ForEach-Object { [pscustomobject]@{ Owner = 'SnapshotCoverage'; Name = $_; Part = $null; IsTime = $false } })
    $recording = InModuleScope PortExhaustion {
        ConvertTo-PortTrace -State (New-TraceState -Path 'C:\x.etl' -Build 26100)
    }
    $added += @($recording.PSObject.Properties.Name | ForEach-Object { [pscustomobject]@{ Owner = 'PortTrace'; Name = $_; Part = $null; IsTime = $false } })
    $added += @(InModuleScope PortExhaustion { Get-HistoryColumn } | ForEach-Object { [pscustomobject]@{ Owner = 'PortHistory'; Name = $_; Part = $null; IsTime = $false } })
    $watch = InModuleScope PortExhaustion {
        ConvertTo-PortWatch -State (New-WatchState -IntervalMinutes 5 -Percent 80 -OnBreach 'Event' -Path 'X:\Watch') -As 'Active'
    }
    $added += @($watch.PSObject.Properties.Name | ForEach-Object { [pscustomobject]@{ Owner = 'PortWatch'; Name = $_; Part = $null; IsTime = $false } })
    $comparison = Compare-PortSnapshot (New-FakeSeries 'growing' $TestDrive)
    $added += @($comparison.PSObject.Properties.Name | ForEach-Object { [pscustomobject]@{ Owner = 'Comparison'; Name = $_; Part = $null; IsTime = $false } })
    $explanation = Read-Schema 'explanation'
    $added += @(Get-SchemaProperty -Node $explanation.'$defs'.meaning -Definitions $explanation.'$defs')
    $properties = @(Get-TraceProperty) + @(Get-ChangeProperty | Where-Object { $_.Owner -ne 'Comparison' }) + @(Get-CaptureProperty | Where-Object { $_.Owner -ne 'Verdict' }) + $added + $verdict
}

Describe 'Fixtures of the fake engine' {
    It 'are records that the contract allows' {
        $output = & node (Join-Path $FakeFolder 'validate.mjs')
        $output | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
    }
}

Describe 'Shape of a <_>' -ForEach 'trace', 'capture', 'change' {
    BeforeAll {
        $shape = InModuleScope PortExhaustion -Parameters @{ Name = "Get-${_}Shape" } { & $Name }
        $properties = @(& "Get-${_}Property")
    }

    It 'has a type name for every part that is an object' {
        $parts = $properties | Where-Object Part
        $parts.Count | Should -BeGreaterThan 5
        foreach ($part in $parts) {
            $shape.Types[$part.Name] | Should -BeExactly "PortExhaustion.$($part.Part)"
        }
        $shape.Types.Keys | Sort-Object | Should -Be ($parts.Name | Sort-Object -Unique)
    }

    It 'has the times' {
        $shape.Times.Keys | Sort-Object | Should -Be (($properties | Where-Object IsTime).Name | Sort-Object -Unique)
    }

    It 'takes no name for a time that is something else in another place' {
        $properties | Where-Object { -not $_.IsTime -and $shape.Times.ContainsKey($_.Name) } | Should -BeNullOrEmpty
    }
}

Describe 'Rows of -Failure' {
    It 'are flat, with one time' {
        $row = @($properties | Where-Object Owner -EQ 'TraceFailureEvent')
        ($row | Where-Object IsTime).Name | Should -Be 'time'
        $row | Where-Object Part | Should -BeNullOrEmpty
    }
}

Describe 'Questions' {
    BeforeAll {
        $schema = Read-Schema 'capture'
        $kinds = @($schema.'$defs'.captureKind.enum) + 'handle-list'
    }

    It 'ask for kinds of artifacts that exist, and <_> has a type' -ForEach 'verdict', 'port-pool', 'port-owner', 'afd-owner', 'port-reservation', 'exhaustion-event', 'remedy' {
        $question = InModuleScope PortExhaustion -Parameters @{ Name = $_ } { Get-CaptureQuestion -Name $Name }
        $question.Kinds.Count | Should -BeGreaterThan 0
        foreach ($kind in @($question.Kinds) + $question.Uses) {
            $kinds | Should -Contain $kind
        }
        @($properties.Owner) | Should -Contain ($question.TypeName -replace '^PortExhaustion\.')
    }

    It 'of a <_> uses every kind' -ForEach 'verdict', 'remedy' {
        $question = InModuleScope PortExhaustion -Parameters @{ Name = $_ } { Get-CaptureQuestion -Name $Name }
        $question.Uses | Sort-Object -Unique | Should -Be ($kinds | Sort-Object)
    }
}

Describe 'Faults' {
    It 'have a name for every error code of the contract' {
        $table = InModuleScope PortExhaustion { Get-FaultTable }
        foreach ($code in (Read-Schema 'stream').'$defs'.error.properties.code.enum) {
            $table.Keys | Should -Contain $code
        }
    }

    It 'have an advice wherever the engine has none to give' {
        $table = InModuleScope PortExhaustion { Get-FaultTable }
        $codes = (Read-Schema 'stream').'$defs'.error.properties.code.enum
        foreach ($code in $table.Keys | Where-Object { $codes -notcontains $_ }) {
            $table[$code].Advice | Should -Not -BeNullOrEmpty -Because $code
        }
    }
}

Describe 'Views' {
    It 'exist for every type that the module gives' {
        $types = InModuleScope PortExhaustion { @((Get-TraceShape).Types.Values) + (Get-CaptureShape).Types.Values + (Get-ChangeShape).Types.Values }
        # Parts of a capture report that the verdict takes apart.
        $types = @($types | Where-Object { 'PortExhaustion.MachineFacts', 'PortExhaustion.CaptureCoverage' -notcontains $_ })
        foreach ($type in $types + (Get-Command -Module PortExhaustion).OutputType.Name | Where-Object { $_ -like 'PortExhaustion.*' }) {
            Get-FormatData -TypeName $type | Should -Not -BeNullOrEmpty -Because $type
            Get-FormatData -TypeName "Deserialized.$type" | Should -Not -BeNullOrEmpty -Because "Deserialized.$type"
        }
    }
}

Describe 'Types' {
    It 'show properties that they have, and the deserialized twins the same' {
        $shown = @{}
        $files = Get-ChildItem -Path (Join-Path $ModuleFolder 'views') -Filter '*.Types.ps1xml' | ForEach-Object { [xml] [System.IO.File]::ReadAllText($_.FullName) }
        foreach ($type in $files | ForEach-Object { $_.SelectNodes('//Type') }) {
            $shown[$type.SelectSingleNode('Name').InnerText] = @($type.SelectNodes('.//ReferencedProperties/Name') | ForEach-Object { $_.InnerText })
        }
        foreach ($name in $shown.Keys | Where-Object { $_ -notlike 'Deserialized.*' }) {
            $shown["Deserialized.$name"] | Should -Be $shown[$name]
            $own = ($properties | Where-Object { "PortExhaustion.$($_.Owner)" -eq $name }).Name
            $shown[$name] | Where-Object { $own -cnotcontains $_ } | Should -BeNullOrEmpty
        }
        $shown.Keys | Should -Contain 'PortExhaustion.Verdict'
    }
}

Describe 'View <Name>' -ForEach $views {
    BeforeAll {
        $types = @($View.SelectNodes('ViewSelectedBy/TypeName') | ForEach-Object { $_.InnerText })
        $own = ($properties | Where-Object { "PortExhaustion.$($_.Owner)" -eq $types[0] }).Name
    }

    It 'is for a type and its deserialized twin' {
        $types | Should -Be @($types[0], "Deserialized.$($types[0])")
    }

    It 'shows properties of its own type' {
        $shown = $View.SelectNodes('.//PropertyName') | ForEach-Object { $_.InnerText }
        $shown | Where-Object { $own -cnotcontains $_ } | Should -BeNullOrEmpty
    }

    It 'has script blocks that parse and use only properties of the contract' {
        foreach ($block in $View.SelectNodes('.//ScriptBlock')) {
            $errors = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($block.InnerText, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            foreach ($member in $tree.FindAll({ $args[0].GetType().Name -eq 'MemberExpressionAst' }, $true)) {
                # The contract writes its names like this, .NET like That.
                $isOwn = $member.Expression.Extent.Text -eq '$_'
                # How a view asks for a property that not all of its objects have, in strict mode too.
                if ($isOwn -and $member.Member.Value -ceq 'PSObject') { continue }
                if ($member.Static -or (-not $isOwn -and $member.Member.Value -cmatch '^[A-Z]')) { continue }
                $allowed = if ($isOwn) { $own } else { $properties.Name }
                $allowed | Should -Contain $member.Member.Value -Because $block.InnerText
            }
        }
    }

    It 'calls no function of the module' {
        foreach ($block in $View.SelectNodes('.//ScriptBlock')) {
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($block.InnerText, [ref] $null, [ref] $null)
            $called = $tree.FindAll({ $args[0].GetType().Name -eq 'CommandAst' }, $true) | ForEach-Object { $_.GetCommandName() }
            $called | Where-Object { 'Select-Object', 'Sort-Object' -notcontains $_ } | Should -BeNullOrEmpty
        }
    }
}
