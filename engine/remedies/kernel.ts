/** Sockets of the kernel have no handle in any process: drivers, http.sys and SMB. Who it is, only their own tools tell, or a dump. */
import { KERNEL_PID } from "../model/process.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";
import { BUILD, isAtLeast, sinceBuild } from "./windows.ts";

export const askKernel: RemedyRule = {
  id: "ask-kernel",
  title: "Ask the kernel's own users of ports: http.sys, SMB and drivers",
  phase: "Investigate",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: ["The shortage: it tells which driver or server it may be."],
  sources: [SOURCES.httpServiceState, SOURCES.smbConnection, SOURCES.filters, SOURCES.driverQuery],
  tell: ({ processId, summary }, seen) => {
    if (processId !== KERNEL_PID) return null;
    const smb = sinceBuild(seen, BUILD.windows8, "Windows 8 and Server 2012", "Get-SmbConnection");
    const options = isAtLeast(seen, BUILD.windows10) === true ? "-anoq" : "-ano";
    return {
      reason: summary,
      commands: [
        `netstat.exe ${options} | Select-String -Pattern '\\s${KERNEL_PID}$'`,
        "netsh http show servicestate view=requestq verbose=yes",
        ...smb.commands,
        "fltmc.exe filters",
        "driverquery.exe /v",
      ],
      advice: [
        ...smb.advice,
        "The remote ports tell the protocol: 445 is SMB; 80 and 443 are proxies, VPN and protection software in the kernel.",
        "Stop such software one after the other, the one that was installed or updated last first, and look with Get-PortPool whether ports come back.",
      ],
      consequence: "Reads only.",
      undo: [],
      checkFirst: [],
    };
  },
};

export const kernelDump: RemedyRule = {
  id: "kernel-dump",
  title: "Take a complete memory dump for the maker of the driver",
  phase: "Investigate",
  risk: "High",
  reboot: true,
  reversible: false,
  willNotFix: [
    "The shortage, beyond the restart that comes with it.",
    "It tells nothing by itself: somebody has to read it.",
  ],
  sources: [SOURCES.memoryDump, SOURCES.recoverySettings, SOURCES.crashByKeyboard, SOURCES.portExhaustion],
  tell: ({ processId, summary }) =>
    processId !== KERNEL_PID
      ? null
      : {
          reason: summary,
          commands: [
            "Get-CimInstance -ClassName Win32_OSRecoveryConfiguration | Set-CimInstance -Property @{ DebugInfoType = 1 }",
          ],
          advice: [
            "DebugInfoType 1 is a complete memory dump. Restart the machine, wait until the ports are used up again, and only then stop it.",
            "To stop it with a dump: notmyfaultc64.exe /crash 0x01 (NotMyFault of Sysinternals), the NMI of the management board or hypervisor, or the right Ctrl key with Scroll Lock pressed twice, which needs the value CrashOnCtrlScroll.",
            "Microsoft advises it as the last resort, when support asks for it.",
            "Set DebugInfoType back to what it was afterwards.",
          ],
          consequence:
            "The machine stops with a blue screen, writes all of its memory to a file and restarts: minutes to hours without it. The file holds passwords and data of all programs.",
          undo: [],
          checkFirst: [
            "Get-CimInstance -ClassName Win32_OSRecoveryConfiguration | Format-List -Property DebugInfoType, DebugFilePath: note both.",
            "A page file on the system drive that is larger than the memory, and as much free space for the file.",
          ],
        },
};
