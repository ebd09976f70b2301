# Knows: what the module's PowerShell must not contain, as tables and as tests on one node or token of a syntax tree.
# Knowledge comes from: about_Windows_PowerShell_Compatibility and the 6.0 to 7.6 release notes (what 5.1 does not parse or
# have), and docs/design.md (style). It is a list of what is known to break 5.1, no proof that 5.1 runs a script.

# Token kinds and node types as text: Windows PowerShell 5.1, which also may run this, does not have them as types.
$script:NewTokenKinds = 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr'
$script:NewNodeTypes = 'TernaryExpressionAst', 'PipelineChainAst'
$script:NewVariables = 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR', 'PSStyle', 'PSNativeCommandUseErrorActionPreference'
$script:NewCommands = 'ConvertFrom-Markdown', 'ConvertTo-CliXml', 'ConvertFrom-CliXml', 'Get-Error', 'Get-Uptime', 'Join-String',
'Remove-Alias', 'Show-Markdown', 'Start-ThreadJob', 'Switch-Process', 'Test-Json'
$script:NewParameters = @{
    'ConvertFrom-Json'  = 'AsHashtable', 'DateKind', 'Depth', 'NoEnumerate'
    'ConvertTo-Json'    = 'AsArray', 'EnumsAsStrings', 'EscapeHandling'
    'ForEach-Object'    = 'AsJob', 'Parallel', 'ThrottleLimit', 'TimeoutSeconds', 'UseNewRunspace'
    'Get-ChildItem'     = 'FollowSymlink'
    'Get-Content'       = 'AsByteStream'
    'Get-Date'          = 'AsUTC', 'UnixTimeSeconds'
    'Group-Object'      = 'CaseInsensitive'
    'Import-Module'     = 'SkipEditionCheck', 'UseWindowsPowerShell'
    'Invoke-RestMethod' = 'SkipCertificateCheck', 'SkipHttpErrorCheck', 'StatusCodeVariable'
    'Invoke-WebRequest' = 'SkipCertificateCheck', 'SkipHttpErrorCheck'
    'Join-Path'         = 'AdditionalChildPath'
    'Select-String'     = 'Culture', 'NoEmphasis', 'Raw'
    'Set-Content'       = 'AsByteStream'
    'Sort-Object'       = 'Bottom', 'Stable', 'Top'
    'Split-Path'        = 'Extension', 'LeafBase'
    'Start-Process'     = 'Environment'
    'Tee-Object'        = 'Encoding'
}
$script:BannedCommands = 'Invoke-Expression', 'Write-Host'

# Aliases of Windows, of which PowerShell on Linux defines only a part.
$script:Aliases = -split ('% ? ac asnp cat cd chdir clc clear clhy cli clp cls clv cnsn compare copy cp cpi cpp curl cvpa dbp del ' +
    'diff dir dnsn ebp echo epal epcsv epsn erase etsn exsn fc fhx fl foreach ft fw gal gbp gc gci gcm gcs gdr ghy gi gin gjb gl ' +
    'gm gmo gp gps gpv group gsn gsnp gsv gtz gu gv gwmi h history icm iex ihy ii ipal ipcsv ipmo ipsn irm ise iwmi iwr kill lp ' +
    'ls man md measure mi mount move mp mv nal ndr ni nmo npssc nsn nv nwsn ogv oh popd ps pushd pwd r rbp rcjb rcsn rd rdr ren ' +
    'ri rjb rm rmdir rmo rni rnp rp rsn rsnp rujb rv rvpa rwmi sajb sal saps sasv sbp sc scb select set shcm si sl sleep sls ' +
    'sort sp spjb spps spsv start stz sujb sv swmi tee trcm type wget where wjb write')

$script:MaxFunctionLines = 80
$script:MaxFileLines = 400
$script:ApprovedVerbs = (Get-Verb).Verb

# What is wrong with one token, as sentences.
function Get-TokenProblem {
    param($Token)
    $kind = [string] $Token.Kind
    if ($script:NewTokenKinds -contains $kind) { "PowerShell 7 only: $($Token.Text)" }
    if ($kind -eq 'LineContinuation') { 'a backtick at the end of a line' }
    if ($kind -match 'Expandable' -and $Token.Text -match '(?<!`)(``)*`(e|u\{)') { 'PowerShell 7 only: `e or `u{} in a string' }
    if ($kind -eq 'Number' -and $Token.Text -match '^0b|[0-9a-f](u[sly]?|[nsy])(kb|mb|gb|tb|pb)?$') {
        "PowerShell 7 only: the number $($Token.Text)"
    }
}

function Get-CommandProblem {
    param($Command)
    $name = $Command.GetCommandName()
    if (-not $name) { return }
    if ($script:Aliases -contains $name) { "the alias $name" }
    if ($script:BannedCommands -contains $name) { "$name is not used here" }
    if ($script:NewCommands -contains $name) { "PowerShell 7 only: $name" }
    foreach ($element in $Command.CommandElements) {
        if ($element.GetType().Name -ne 'CommandParameterAst') { continue }
        if ($script:NewParameters[$name] -contains $element.ParameterName) { "PowerShell 7 only: $name -$($element.ParameterName)" }
    }
}

function Get-FunctionProblem {
    param($Function)
    # Help stands inside the function and makes it no harder to follow.
    $code = $Function.Extent.Text -replace '(?s)<#.*?#>', ''
    $lines = ($code -split '\n').Count
    if ($lines -gt $script:MaxFunctionLines) { "$($Function.Name) has $lines lines, more than $script:MaxFunctionLines" }
    $verb = ($Function.Name -split '-')[0]
    if ($script:ApprovedVerbs -notcontains $verb) { "$($Function.Name) does not begin with an approved verb" }
}

# What is wrong with one node of the syntax tree, as sentences.
function Get-NodeProblem {
    param($Node)
    $type = $Node.GetType().Name
    if ($script:NewNodeTypes -contains $type) { "PowerShell 7 only: $type" }
    switch ($type) {
        'CommandAst' { Get-CommandProblem $Node }
        # Methods of a class are such nodes too, and their names have no verb.
        'FunctionDefinitionAst' { if ($Node.Parent.GetType().Name -ne 'FunctionMemberAst') { Get-FunctionProblem $Node } }
        'CatchClauseAst' { if ($Node.Body.Statements.Count -eq 0) { 'an empty catch' } }
        'PipelineAst' { if ($Node.Background) { 'PowerShell 7 only: & behind a pipeline' } }
        'ScriptBlockAst' { if ($Node.CleanBlock) { 'PowerShell 7 only: a clean block' } }
        'VariableExpressionAst' {
            if ($script:NewVariables -contains $Node.VariablePath.UserPath) { "PowerShell 7 only: `$$($Node.VariablePath.UserPath)" }
        }
    }
}
