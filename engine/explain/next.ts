/**
 * What to run next: commands of this module, and lines that Windows has. Each can be pasted into PowerShell as it stands; what a
 * line needs that not every Windows from 7 on has, its comment says. None is longer than a list view of 100 columns shows on one line.
 */

export const RUN = {
  test: "Test-PortExhaustion | Format-List",
  pools: "Get-PortPool",
  owners: "Get-PortOwner -Top 10",
  timeWait: "netstat -ano -p tcp",
  reservations: "Get-PortReservation",
  portEvents: "Get-PortExhaustionEvent -Hours 24",
  portEventsInbox: "wevtutil qe System \"/q:*[System[Provider[@Name='Tcpip']]]\" /c:20 /rd:true /f:text",
  trace: "Start-PortTrace -Until Duration -Minutes 10  # elevated; then Read-PortTrace",
  traceUntilEvent: "Start-PortTrace -Until Event  # elevated; ends at the next 4227, 4231 or 4266",
  snapshot: "New-PortSnapshot -Path C:\\Temp\\ports.zip  # before anything is restarted",
  tcpRange: "netsh int ipv4 show dynamicport tcp",
  udpRange: "netsh int ipv4 show dynamicport udp",
  excluded: "netsh int ipv4 show excludedportrange protocol=tcp  # Windows 8, 2012 and later",
  nonpagedPool: "(Get-CimInstance Win32_PerfFormattedData_PerfOS_Memory).PoolNonpagedBytes",
  listeners: "netstat -ano  # the last column is the PID of who has the port",
  innerExceptions: "$Error[0] | Resolve-PortError  # the inner exceptions hold the code",
} as const;
