/**
 * MaxUserPort belongs to Windows 2000 to Server 2003. Microsoft's old scripts say that Vista and later ignore it; it was measured on Windows 11
 * that the value 65534 makes the dynamic range 1024 with 64511 ports (nmap/nmap#3499).
 */
import { DEFAULT_DYNAMIC_PORTS, DEFAULT_DYNAMIC_START } from "../model/port.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

const KEY = "'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters'";

export const removeMaxUserPort: RemedyRule = {
  id: "remove-max-user-port",
  title: "Remove MaxUserPort, a setting of Windows 2000 to Server 2003",
  phase: "Lasting",
  risk: "Low",
  reboot: true,
  reversible: true,
  willNotFix: ["A range that netsh or Group Policy set: it is kept apart from this value.", "A leak."],
  sources: [SOURCES.maxUserPortMeasured, SOURCES.maxUserPortHonoured, SOURCES.dynamicRange],
  tell: ({ summary }, { capture }) => {
    const value = capture?.snapshot.settings.maxUserPort ?? null;
    if (value === null) return null;
    return {
      title: `Remove MaxUserPort, which is ${value}`,
      reason: summary,
      commands: [`Remove-ItemProperty -Path ${KEY} -Name MaxUserPort`],
      advice: [
        "If a larger range is wanted, netsh sets it: `netsh int ipv4 set dynamicport tcp`, with a start above the ports that programs listen at.",
      ],
      consequence: `After the restart the dynamic range no longer follows this value. Where nothing else set it, it is ${DEFAULT_DYNAMIC_START} with ${DEFAULT_DYNAMIC_PORTS} ports, which may be fewer than now.`,
      undo: [`New-ItemProperty -Path ${KEY} -Name MaxUserPort -PropertyType DWord -Value ${value} -Force`],
      checkFirst: [
        "netsh int ipv4 show dynamicport tcp",
        "Get-PortPool, which tells how many ports are in use: they must fit into the range that is left.",
      ],
    };
  },
};
