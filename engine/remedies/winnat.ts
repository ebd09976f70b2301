/**
 * Blocks that Windows excludes at run time and not by an administrator: WinNAT and HNS take them for containers, WSL and Hyper-V. A
 * restart of WinNAT, which Windows 10 brought, drops its reservations, and with them the network of what runs on it (microsoft/WSL#9418, a maintainer's word).
 */
import { count, number } from "../verdict/phrases.ts";
import { excludedInRange, portsOf, SMALLEST_BLOCK } from "./exclusions.ts";
import type { RemedyCase } from "./case.ts";
import type { Finding } from "../generated/records.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";
import { BUILD, isAtLeast } from "./windows.ts";

/** Who reserves blocks for containers and virtual machines, as a trace names it. */
const RESERVERS: readonly string[] = ["system", "svchost.exe", "vmcompute.exe", "vmms.exe", "wslservice.exe"];

const reasonOf = ({ protocol, summary, processName }: Finding, seen: RemedyCase): string | null => {
  if (isAtLeast(seen, BUILD.windows10) === false) return null;
  if (seen.trace !== null)
    return processName === null || RESERVERS.includes(processName.toLowerCase()) ? summary : null;
  const blocks = excludedInRange(seen, protocol).filter(
    ({ isAdministered, ports }) => !isAdministered && ports >= SMALLEST_BLOCK,
  );
  const [first] = blocks;
  if (first === undefined) return null;
  return `${count(blocks.length, "block")} with ${count(portsOf(blocks), "port")} in the dynamic range ${blocks.length === 1 ? "is" : "are"} excluded and not by an administrator; the largest begins at ${number(first.start)} and has ${number(first.ports)}.`;
};

export const restartWinnat: RemedyRule = {
  id: "restart-winnat",
  title: "Restart WinNAT, which excludes blocks of ports",
  phase: "Now",
  risk: "Medium",
  reboot: false,
  reversible: false,
  willNotFix: [
    "Blocks that something else than WinNAT reserved: Windows does not tell whose a block is.",
    "Blocks that containers, WSL or Hyper-V need: they are taken again, perhaps others.",
  ],
  sources: [SOURCES.winNatRestart, SOURCES.winNatExclusion, SOURCES.hyperVExclusions],
  tell: (finding, seen) => {
    const reason = reasonOf(finding, seen);
    if (reason === null) return null;
    return {
      reason,
      commands: ["net.exe stop winnat", "net.exe start winnat"],
      advice: [
        "To keep a port for a program for good, exclude it between the two commands, while it is free: `netsh int ipv4 add excludedportrange protocol=tcp startport=N numberofports=1 store=persistent`.",
        "Where the service does not exist, restart what uses it: `wsl.exe --shutdown`, Docker, or the machine.",
      ],
      consequence:
        "Containers, WSL and virtual machines behind NAT lose their network, WSL until it is restarted too. The blocks are free at once and may be taken again by those who need them.",
      undo: [],
      checkFirst: [
        "Get-Service -Name winnat",
        "Get-PortReservation, which tells all excluded ranges, before and after.",
        "Get-NetNat, docker.exe ps and wsl.exe --list --running, which tell who is interrupted.",
      ],
    };
  },
};
