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
    $properties = @(Get-OutputProperty)
}

Describe 'Fixtures of the fake engine' {
    It 'are records that the contract allows' {
        $output = & node (Join-Path $FakeFolder 'validate.mjs')
        $output | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
    }
}

Describe 'Shape' {
    BeforeAll {
        $shape = InModuleScope PortExhaustion { Get-TraceShape }
    }

    It 'has a type name for every part that is an object' {
        $parts = $properties | Where-Object Part
        $parts.Count | Should -BeGreaterThan 10
        foreach ($part in $parts) {
            $shape.Types[$part.Name] | Should -BeExactly "PortExhaustion.$($part.Part)"
        }
        $shape.Types.Keys | Sort-Object | Should -Be ($parts.Name | Sort-Object -Unique)
    }

    It 'has the times' {
        $shape.Times.Keys | Sort-Object | Should -Be (($properties | Where-Object IsTime).Name | Sort-Object -Unique)
    }

    It 'is flat for the rows of -Failure, with one time' {
        $row = @($properties | Where-Object Owner -EQ 'TraceFailureEvent')
        ($row | Where-Object IsTime).Name | Should -Be 'time'
        $row | Where-Object Part | Should -BeNullOrEmpty
    }

    It 'takes no name for a time that is something else in another place' {
        $properties | Where-Object { -not $_.IsTime -and $shape.Times.ContainsKey($_.Name) } | Should -BeNullOrEmpty
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
        $types = InModuleScope PortExhaustion { (Get-TraceShape).Types.Values }
        $types = @($types) + 'PortExhaustion.TraceReport' + 'PortExhaustion.TraceFailureEvent'
        foreach ($type in $types) {
            Get-FormatData -TypeName $type | Should -Not -BeNullOrEmpty -Because $type
            Get-FormatData -TypeName "Deserialized.$type" | Should -Not -BeNullOrEmpty -Because "Deserialized.$type"
        }
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
                if ($member.Static -or $member.Member.Value -cmatch '^[A-Z]') { continue }
                $allowed = if ($member.Expression.Extent.Text -eq '$_') { $own } else { $properties.Name }
                $allowed | Should -Contain $member.Member.Value -Because $block.InnerText
            }
        }
    }

    It 'calls no function of the module' {
        foreach ($block in $View.SelectNodes('.//ScriptBlock')) {
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($block.InnerText, [ref] $null, [ref] $null)
            $called = $tree.FindAll({ $args[0].GetType().Name -eq 'CommandAst' }, $true) | ForEach-Object { $_.GetCommandName() }
            $called | Where-Object { $_ -ne 'Select-Object' } | Should -BeNullOrEmpty
        }
    }
}
