# Knows the numbers of a watch that nobody chooses, and why they are what they are.

function Get-WatchConstant {
    <#
    .SYNOPSIS
    RearmPoints, CalmMinutes, RepeatMinutes, StepMinutes, MostSnapshots, MostTraces, ReserveMB, TraceMinutes, TraceMB, FailuresTold,
    BreachEvent, FailureEvent, Task.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    return @{
        # A pool that swings around the limit is one breach, not one at each sample.
        RearmPoints   = 5
        # Nor is one that fills and empties with the rounds of a job, or with TIME_WAIT, which lasts up to 4 minutes.
        CalmMinutes   = 15
        # What lasts all night must not fill the disk or the log; an hour still shows how it goes on. Events prove want of ports at their
        # time only, so one counts as long.
        RepeatMinutes = 60
        # A sample takes seconds, a snapshot and the start of a recording with all their limits of time 15 minutes. One that hangs must end,
        # as no other begins before.
        StepMinutes   = 30
        # A snapshot has a few MB, and a day of breach makes 24.
        MostSnapshots = 20
        # 256 MB each, and twice that while netsh stops.
        MostTraces    = 3
        # What evidence leaves free on its drive: Windows and services that cannot write any more are worse off than without ports.
        ReserveMB     = 200
        # Enough to see several rounds of what opens ports; the largest file that Start-PortTrace makes unless asked.
        TraceMinutes  = 10
        TraceMB       = 256
        # One failure may be a busy machine. With the default of 5 minutes the watch is blind for a quarter of an hour then.
        FailuresTold  = 3
        # eventcreate.exe takes 1 to 1000.
        BreachEvent   = 100
        FailureEvent  = 101
        Task          = 'PortExhaustion Watch'
    }
}
