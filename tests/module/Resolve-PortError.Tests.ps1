# Knows what Resolve-PortError hands to the engine of each thing that people have, what it makes of the answer, how that looks, and that
# the lines it advises can be run. What texts mean is for the engine's tests; the last part asks the built engine.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force
    $isMissing = -not (InModuleScope PortExhaustion { Get-EnginePath })
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Setup.ps1')
    Import-Module $Manifest -Force

    function New-Meaning {
        param([string] $Code = '10055', [string] $Meaning = 'A call on a socket failed for want of room.')
        [pscustomobject]@{
            code = $Code; system = 'WindowsEvent'; names = @('EVENT_TCPIP_TCP_GLOBAL_EPHEMERAL_PORT_SPACE_EXHAUSTED', 'SecondNameOfIt')
            matched = 'only one usage ' * 9; meaning = $Meaning; exhaustion = 'Maybe'; when = 'Where the pool was full at that time. ' * 6
            next = @('Test-PortExhaustion | Format-List', 'netsh int ipv4 show dynamicport tcp'); sources = @("https://example.org/$('x' * 200)")
        }
    }

    function New-Answer {
        param([object[]] $Meaning)
        [pscustomobject]@{ kind = 'rows'; of = 'error-meaning'; rows = @($Meaning | Where-Object { $null -ne $_ }) }
    }

    # The engine answers with these records; what it was asked is in $Asked.Arguments, and what the file held in $Asked.File.
    function Set-Answer {
        param([object[]] $Record)
        $script:Asked = @{ Arguments = $null; File = $null; Runs = 0; Path = $null; Answer = $Record }
        Mock Get-EngineCommand -ModuleName PortExhaustion { [pscustomobject]@{ FileName = 'engine'; Prefix = [string[]] @() } }
        Mock Invoke-Engine -ModuleName PortExhaustion {
            $Asked.Runs++
            $Asked.Arguments = @($ArgumentList)
            if ($ArgumentList[1] -eq '--file') {
                $Asked.Path = $ArgumentList[2]
                $Asked.File = [System.IO.File]::ReadAllText($ArgumentList[2])
            }
            $Asked.Answer
        }
    }

    # The texts that the engine was given on its command line.
    function Get-AskedText {
        $at = [array]::IndexOf($Asked.Arguments, '--')
        $Asked.Arguments | Select-Object -Skip ($at + 1)
    }

    function New-SocketError {
        param([int] $Code = 10055)
        [System.Net.Sockets.SocketException]::new($Code)
    }
}

Describe 'What the engine is asked' {
    BeforeEach { Set-Answer (New-Answer (New-Meaning)) }

    It '<What>' -ForEach @(
        @{ What = 'a number'; Given = 10055; Text = '10055' }
        @{ What = 'a negative number'; Given = -1073741303; Text = '-1073741303' }
        @{ What = 'a text'; Given = 'error 10048: in use'; Text = 'error 10048: in use' }
        @{ What = 'a text with quotes'; Given = 'say "10055"'; Text = "say '10055'" }
        @{ What = 'a text of several lines'; Given = "one`r`ntwo"; Text = 'one two' }
        @{ What = 'a text with a backslash at the end'; Given = 'C:\Logs\'; Text = 'C:\Logs' }
        @{ What = 'an option of the engine'; Given = '--help'; Text = '--help' }
        @{ What = 'a hyphen, which is standard input to the engine'; Given = '-'; Text = '.' }
        @{ What = 'nothing'; Given = ''; Text = '.' }
        @{ What = 'a value of an enumeration'; Given = [System.Net.Sockets.SocketError]::AddressAlreadyInUse; Text = 'AddressAlreadyInUse' }
    ) {
        Resolve-PortError $Given | Should -Not -BeNullOrEmpty
        Get-AskedText | Should -BeExactly $Text
        $Asked.Arguments[0] | Should -Be 'explain'
    }

    It 'a short hex number as it was typed, of which PowerShell makes a decimal one' {
        $null = Resolve-PortError 0x209
        Get-AskedText | Should -BeExactly '0x209'
    }

    It 'a status as it was typed, of which PowerShell makes a negative number' {
        $null = Resolve-PortError 0xC0000209
        Get-AskedText | Should -BeExactly '0xC0000209'
    }

    It '<What>, with what is inside of it' -ForEach @(
        @{ What = 'an object from JSON'; Given = { '{"error":{"code":10055}}' | ConvertFrom-Json }; Text = "{'error':{'code':10055}}" }
        @{ What = 'a row of a CSV'; Given = { "Source,Event ID`nTcpip,4231" | ConvertFrom-Csv }; Text = "{'Source':'Tcpip','Event ID':'4231'}" }
        @{ What = 'a hashtable'; Given = { @{ code = 10055 } }; Text = "{'code':10055}" }
        @{ What = 'an ordered one'; Given = { [ordered] @{ error = "two`nlines"; code = 10055 } }; Text = "{'error':'two lines','code':10055}" }
        @{ What = 'an XML document'; Given = { [xml] '<a><b>10055</b></a>' }; Text = '<a><b>10055</b></a>' }
        @{ What = 'what looks like an exception'; Given = { '{"InnerException":{"NativeErrorCode":10055}}' | ConvertFrom-Json }; Text = '*---> *NativeErrorCode: 10055.' }
    ) {
        $null = Resolve-PortError (& $Given)
        Get-AskedText | Should -BeLike $Text
    }

    It 'several things at once, from the command line and from the pipeline' {
        $null = Resolve-PortError 10055, 'WSAEADDRINUSE'
        Get-AskedText | Should -Be '10055', 'WSAEADDRINUSE'
        $null = 4231, 'text' | Resolve-PortError
        Get-AskedText | Should -Be '4231', 'text'
        $Asked.Runs | Should -Be 2
    }

    It 'nothing, where a command before found nothing' {
        @() | Resolve-PortError | Should -BeNullOrEmpty
        Resolve-PortError $null | Should -BeNullOrEmpty
        $Asked.Runs | Should -Be 0
    }
}

Describe 'Of an error record or an exception' {
    BeforeEach { Set-Answer (New-Answer (New-Meaning)) }

    It 'the code of Winsock, on every platform' {
        $null = Resolve-PortError (New-SocketError 10048)
        Get-AskedText | Should -BeLike 'System.Net.Sockets.SocketException: *SocketErrorCode: 10048.'
    }

    It 'the native code of others' {
        $null = Resolve-PortError ([System.ComponentModel.Win32Exception]::new(1722))
        Get-AskedText | Should -BeLike '*NativeErrorCode: 1722.*'
    }

    It 'the HRESULT of those without a code of their own' {
        $null = Resolve-PortError ([System.IO.IOException]::new('Shared', -2147024864))
        Get-AskedText | Should -BeLike '*HRESULT: 0x80070020.'
    }

    It 'no E_FAIL around a code, which says nothing' {
        $outer = [pscustomobject] @{ Message = 'Outer'; HResult = -2147467259; InnerException = (New-SocketError 11001) }
        $null = Resolve-PortError $outer
        Get-AskedText | Should -BeLike '*Outer ---> *SocketErrorCode: 11001.'
    }

    It 'what was thrown in a job' {
        $inner = New-SocketError 10048 | Select-Object -Property Message, NativeErrorCode
        $null = [pscustomobject] @{ Message = 'Remote'; InnerException = $null; SerializedRemoteException = $inner } | Resolve-PortError
        Get-AskedText | Should -BeLike '*Remote ---> *NativeErrorCode: *'
    }

    It 'a record that says more than its exception, in front of it' {
        $record = [System.Management.Automation.ErrorRecord]::new((New-SocketError), 'Id', 'ConnectionError', $null)
        $record.ErrorDetails = 'More than that'
        $null = $record | Resolve-PortError
        Get-AskedText | Should -BeLike 'More than that System.Net.Sockets.SocketException: *10055.'
    }

    It 'the codes of those inside, once, where the record says nothing else' {
        $exception = [System.Net.WebException]::new('Outer', [System.IO.IOException]::new('Middle', (New-SocketError)))
        $record = [System.Management.Automation.ErrorRecord]::new($exception, 'Id', 'ConnectionError', $null)
        $null = $record | Resolve-PortError
        Get-AskedText | Should -BeLike 'System.Net.WebException: Outer*---> System.IO.IOException: Middle*---> System.Net.Sockets.SocketException: *10055.'
    }

    It 'every one of those that an exception holds together' {
        $null = Resolve-PortError ([System.AggregateException]::new([exception[]] @((New-SocketError), (New-SocketError 10061))))
        Get-AskedText | Should -BeLike '*10055*10061*'
        Get-AskedText | Should -Not -BeLike '*10055*10055*'
    }

    It 'no more than ten levels' {
        $exception = [exception]::new('level 0')
        foreach ($level in 1..30) { $exception = [exception]::new("level $level", $exception) }
        $null = Resolve-PortError $exception
        Get-AskedText | Should -BeLike '*level 20*'
        Get-AskedText | Should -Not -BeLike '*level 19*'
    }

    It 'the same after it came from another computer' {
        $record = [System.Management.Automation.ErrorRecord]::new((New-SocketError 10048), 'Id', 'ConnectionError', $null)
        $far = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($record, 4))
        $null = $far | Resolve-PortError
        Get-AskedText | Should -BeLike '*SocketException*'
        Get-AskedText | Should -Match '10048|AddressAlreadyInUse'
    }
}

Describe 'Of events' {
    BeforeEach { Set-Answer (New-Answer (New-Meaning)) }

    It '<What>: source and id' -ForEach @(
        @{ What = 'Get-WinEvent'; Given = @{ ProviderName = 'Tcpip'; Id = 4231; Message = 'What it says.' }; Text = 'Tcpip/4231 What it says.' }
        @{ What = 'Get-WinEvent of somebody else'; Given = @{ ProviderName = 'Contoso'; Id = 4231; Message = 'Error 10055.' }; Text = 'Contoso/4231 Error 10055.' }
        @{ What = 'Get-EventLog'; Given = @{ Source = 'Tcpip'; EventID = 4227; InstanceId = 2147487875; Message = 'x' }; Text = 'Tcpip/4227 x' }
        @{ What = 'Get-PortExhaustionEvent'; Given = @{ id = 4266; provesExhaustion = $true }; Text = 'Tcpip/4266' }
        @{ What = 'Read-PortTrace -Failure'; Given = @{ status = '0xC0000209'; isExhaustion = $true }; Text = '0xC0000209' }
    ) {
        [pscustomobject] $Given | Resolve-PortError | Should -Not -BeNullOrEmpty
        Get-AskedText | Should -BeExactly $Text
    }
}

Describe 'Of a log' {
    BeforeEach { Set-Answer (New-Answer (New-Meaning)) }

    It 'many lines go by one file, numbers alone beside it, in one run' {
        $lines = @(1..30 | ForEach-Object { "line $_ of a log" }) + '10055' + '4231'
        $null = $lines | Resolve-PortError
        $Asked.Runs | Should -Be 1
        Get-AskedText | Should -Be '10055', '4231'
        $Asked.File | Should -BeLike "line 1 of a log`nline 2 of a log*line 30 of a log*"
    }

    It 'a long text goes by a file too, with every letter of it' {
        $text = ('x' * 9000) + [char] 0x9519 + '"'
        $null = Resolve-PortError $text
        $Asked.File.Trim() | Should -BeExactly $text
        @(Get-AskedText).Count | Should -Be 0
    }

    It 'the file is gone afterwards, also where the command is stopped' {
        'x' * 9000 | Resolve-PortError | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $Asked.Path | Should -Not -BeNullOrEmpty
        Test-Path -LiteralPath (Split-Path -Path $Asked.Path -Parent) | Should -BeFalse
    }

    It 'where no file can be written, its beginning is searched and a warning says so' {
        Mock New-PrivateFolder -ModuleName PortExhaustion { throw 'no room' }
        $null = 'error 10055' + ('x' * 9000) | Resolve-PortError -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*a part*no room*'
        (Get-AskedText).Length | Should -Be 8000
        Get-AskedText | Should -BeLike 'error 10055*'
    }
}

Describe 'The answer' {
    It 'is an object for each meaning' {
        Set-Answer (New-Answer (New-Meaning '10055'), (New-Meaning '4231'))
        $answer = Resolve-PortError 'x'
        $answer.code | Should -Be '10055', '4231'
        $answer[0].PSObject.TypeNames[0] | Should -Be 'PortExhaustion.ErrorMeaning'
    }

    It 'of nothing is a warning, which says what is recognised' {
        $diagnostic = [pscustomobject]@{ kind = 'diagnostic'; severity = 'information'; code = 'nothing-recognised'; message = 'Give a number.'; offset = $null }
        Set-Answer (New-Answer), $diagnostic
        Resolve-PortError 'x' -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -Be 'Give a number.'
    }

    It 'passes over records of a newer engine' {
        Set-Answer ([pscustomobject]@{ kind = 'not-known-yet' }), (New-Answer (New-Meaning))
        (Resolve-PortError 'x').code | Should -Be '10055'
    }

    It 'of an engine that fails is an error with its id' {
        $fault = [pscustomobject]@{ kind = 'error'; code = 'engine-died'; message = 'It died.'; advice = 'Again.'; path = $null }
        Set-Answer $fault
        Resolve-PortError 'x' -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -Be 'EngineDied,Resolve-PortError'
    }

    It 'without an engine ends the command' {
        Mock Get-EnginePath -ModuleName PortExhaustion { }
        { Resolve-PortError 10055 } | Should -Throw -ErrorId 'EngineNotFound,Resolve-PortError'
    }
}

Describe 'The views' {
    BeforeAll {
        Set-Answer (New-Answer (New-Meaning 'SocketException: No buffer space available' ('Meaning of it. ' * 12)), (New-Meaning ('A' * 60)))
        $answer = Resolve-PortError 'x'
    }

    It 'fit 100 columns and lose nothing' {
        foreach ($text in (Get-View $answer), (Get-View $answer -As List)) {
            Get-Width $text | Should -BeLessOrEqual 100
            Test-Ellipsis $text | Should -BeFalse
        }
    }

    It 'show as a list what to run, a line each' {
        $list = Get-View $answer[0] -As List
        $list | Should -Match '(?m)^Run next +: Test-PortExhaustion \| Format-List\s*$'
        $list | Should -Match '(?m)^ +netsh int ipv4 show dynamicport tcp\s*$'
        $list | Should -Match 'Maybe\. Where the pool'
    }

    It 'break a long address where a part of it ends, and one without parts where the line does' {
        $answer[0].sources = @("https://learn.microsoft.com/windows/$('a' * 60)/page", ('b' * 100))
        $list = Get-View $answer[0] -As List
        $list | Should -Match "(?m)^Sources +: https://learn\.microsoft\.com/windows\r?\n +/a{60}/page\r?\n +b{84}\r?\n +b{16}\r?$"
    }
}

Describe 'What the engine advises to run' {
    BeforeDiscovery {
        . (Join-Path $PSScriptRoot 'Setup.ps1')
        $folder = [System.IO.Path]::Combine($Repository, 'engine', 'explain')
        $lines = foreach ($file in Get-ChildItem -LiteralPath $folder -Filter '*.ts') {
            [regex]::Matches([System.IO.File]::ReadAllText($file.FullName), '"((?:[A-Z][a-z]+-(?:Port|Afd)[A-Za-z]+|\$Error)[^"\n]*)"') | ForEach-Object { $_.Groups[1].Value }
        }
        $advised = @($lines | Where-Object { $_ -notmatch '^[\w-]+$' -or $_ -match '^Get-' } | Sort-Object -Unique | ForEach-Object { @{ Line = $_ } })
    }

    It 'is found in its tables' -ForEach @(@{ Advised = $advised }) {
        @($Advised).Count | Should -BeGreaterThan 8
    }

    It '<Line>: parses, and names commands and parameters that exist' -ForEach $advised {
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Line, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        foreach ($call in $tree.FindAll({ $args[0].GetType().Name -eq 'CommandAst' }, $true)) {
            $command = Get-Command -Name $call.GetCommandName() -ErrorAction Stop
            foreach ($parameter in $call.CommandElements | Where-Object { $_.GetType().Name -eq 'CommandParameterAst' }) {
                $command.Parameters.Keys | Should -Contain $parameter.ParameterName
            }
        }
    }
}

Describe 'With the built engine (skipped where module/bin has none)' -Tag 'Engine' -Skip:$isMissing {
    It '<What>' -ForEach @(
        @{ What = 'codes in every form'; Given = 10055, 0xC0000209, '0x80072740', 4231; Codes = '0xC0000209', '4231', '10055', '10048' }
        @{ What = 'a text of any language with its number'; Given = 'Fehler. (10055)'; Codes = '10055' }
        @{ What = 'a port is none'; Given = '10.0.0.1:10055'; Codes = @() }
        @{ What = 'what looks like an option'; Given = '--version', '10061'; Codes = '10061' }
    ) {
        Resolve-PortError $Given -WarningAction SilentlyContinue | ForEach-Object { $_.code } | Should -Be $Codes
    }

    It 'an exception of the classic procedure' {
        $exception = [System.Net.WebException]::new('Unable to connect to the remote server', (New-SocketError))
        $codes = (Resolve-PortError $exception).code
        $codes | Should -Contain 'WebException: ConnectFailure'
        $codes | Should -Contain '10055'
    }

    It 'a log, with letters of other scripts, by a file' {
        $lines = @('nothing here') * 3000 + ([char] 0x9519 + [char] 0x8BEF + '10055')
        ($lines | Resolve-PortError).code | Should -Be '10055'
    }

    It 'the same in Constrained Language Mode' {
        $state = [initialsessionstate]::CreateDefault()
        $state.LanguageMode = 'ConstrainedLanguage'
        $shell = [powershell]::Create($state)
        try {
            $record = [System.Management.Automation.ErrorRecord]::new((New-SocketError 10061), 'Id', 'ConnectionError', $null)
            $script = {
                param($Manifest, $Record)
                Import-Module $Manifest
                $answer = Resolve-PortError 0x209, 'say "error 10048" \'
                ConvertTo-Json -InputObject $answer -Depth 4
                $answer | Format-List | Out-String -Width 100
                ($Record | Resolve-PortError).code
            }
            $output = $shell.AddScript($script.ToString()).AddArgument($Manifest).AddArgument($record).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
        $expected = Resolve-PortError 0x209, 'say "error 10048" \'
        $output[0] | Should -Be (ConvertTo-Json -InputObject $expected -Depth 4)
        $output[1] -replace "$([char] 27)\[[0-9;]*m", '' | Should -Be (Get-View $expected -As List)
        $output[2] | Should -Be '10061'
    }
}
