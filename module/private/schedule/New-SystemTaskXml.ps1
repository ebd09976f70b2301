# Knows a task of SYSTEM as Task Scheduler 1.2 (Windows 7) takes it. Elements and values: Microsoft's Task Scheduler Schema. All triggers
# have an EndBoundary where the task has one, since it expires, and is deleted, only with its last trigger. Windows PowerShell and not
# this one, as every Windows has it and another may be removed while the task waits. The repetition counts from a moment that is long
# over, as that of Windows' own tasks does (Customer Experience Improvement Program, Consolidator): counted from now, a clock or a time
# zone that is set back afterwards would leave the task waiting for that moment again, a year in the worst case.

function New-SystemTaskXml {
    <#
    .SYNOPSIS
    XML of a task that runs a script of module/tasks as SYSTEM, hidden, each -IntervalMinutes, at boot, and when an event is logged.
    .PARAMETER EventFilter
    The events, as Get-PortEventFilter gives them; without it, none.
    .PARAMETER End
    When the task expires, if it has not removed itself.
    .PARAMETER Queue
    A run that is asked for while one lasts comes after it; otherwise it is left out.
    .PARAMETER LimitMinutes
    After which Task Scheduler ends a run, as one that hangs leaves out all others; 0 for never.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $Script,
        [AllowEmptyCollection()] [string[]] $Argument = @(),
        [Parameter(Mandatory = $true)] [int] $IntervalMinutes,
        [AllowNull()] [hashtable] $EventFilter,
        [switch] $NoBootTrigger,
        [AllowNull()] [object] $End,
        [switch] $Queue,
        [int] $LimitMinutes = 0
    )

    $escape = { [System.Security.SecurityElement]::Escape([string] $args[0]) }
    $local = { ([datetime] $args[0]).ToLocalTime().ToString('yyyy-MM-ddTHH:mm:ss', [cultureinfo]::InvariantCulture) }
    $until = ''
    $expiry = ''
    if ($null -ne $End) {
        $until = "<EndBoundary>$(& $local $End)</EndBoundary>"
        $expiry = '<DeleteExpiredTaskAfter>PT0S</DeleteExpiredTaskAfter>'
    }
    $triggers = "<TimeTrigger><Repetition><Interval>PT${IntervalMinutes}M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>" +
    "<StartBoundary>2004-01-02T00:00:00</StartBoundary>$until<Enabled>true</Enabled></TimeTrigger>"
    if (-not $NoBootTrigger) { $triggers += "<BootTrigger>$until<Enabled>true</Enabled></BootTrigger>" }
    if ($null -ne $EventFilter) {
        $ids = @($EventFilter.Id | ForEach-Object { "EventID=$_" }) -join ' or '
        $select = "*[System[Provider[@Name='$($EventFilter.ProviderName)'] and ($ids)]]"
        $query = "<QueryList><Query Id=""0"" Path=""$($EventFilter.LogName)""><Select Path=""$($EventFilter.LogName)"">$select</Select></Query></QueryList>"
        $triggers += "<EventTrigger>$until<Enabled>true</Enabled><Subscription>$(& $escape $query)</Subscription></EventTrigger>"
    }
    $limit = 'PT0S'
    if ($LimitMinutes -gt 0) { $limit = "PT${LimitMinutes}M" }
    $policy = 'IgnoreNew'
    if ($Queue) { $policy = 'Queue' }
    $program = [System.IO.Path]::Combine((Get-SystemFolder), 'WindowsPowerShell\v1.0\powershell.exe')
    $line = @('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', (ConvertTo-NativeArgument -Argument $Script)) +
    @($Argument | ForEach-Object { ConvertTo-NativeArgument -Argument $_ })
    return '<?xml version="1.0" encoding="UTF-16"?>' +
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">' +
    '<RegistrationInfo><Author>PortExhaustion</Author><Description>Made by the PowerShell module PortExhaustion.</Description></RegistrationInfo>' +
    "<Triggers>$triggers</Triggers>" +
    '<Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>' +
    "<Settings><MultipleInstancesPolicy>$policy</MultipleInstancesPolicy><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>" +
    '<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><StartWhenAvailable>true</StartWhenAvailable><AllowStartOnDemand>true</AllowStartOnDemand>' +
    "<Enabled>true</Enabled><Hidden>true</Hidden><ExecutionTimeLimit>$limit</ExecutionTimeLimit>$expiry</Settings>" +
    "<Actions Context=""Author""><Exec><Command>$(& $escape $program)</Command><Arguments>$(& $escape ($line -join ' '))</Arguments></Exec></Actions></Task>"
}
