/** Several services run in one process, and any of them may be the one: each can be given a process of its own. */
import { processText } from "../verdict/phrases.ts";
import { meansOf, quoted, quotedName } from "./processes.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

export const isolateService: RemedyRule = {
  id: "isolate-service",
  title: "Find out which service of the process holds the ports",
  phase: "Investigate",
  risk: "Medium",
  reboot: false,
  reversible: true,
  willNotFix: [
    "The shortage: it only tells which service is the one.",
    "Ports that are held now: only a restart of the service gives them back.",
  ],
  sources: [SOURCES.serviceConfig, SOURCES.serviceHosts, SOURCES.restartService],
  tell: (finding, seen) => {
    const means = meansOf(finding, seen);
    if (means.kind !== "services") return null;
    const { processId, processName, summary } = finding;
    const who = processText({ processId, name: processName });
    const { services } = means;
    const apart = services.map((service) => `sc.exe config ${quoted(service)} type= own`);
    return {
      title: `Find out which service of ${who} holds the ports`,
      reason: summary,
      commands: [
        services.length === 0
          ? `tasklist.exe /svc /fi "PID eq ${processId}"`
          : `Get-Service -Name ${services.map(quotedName).join(", ")} | Format-Table -Property Status, Name, DisplayName, CanStop -AutoSize`,
      ],
      advice: [
        "Stop the services one after the other, the least needed first, and ask Get-PortOwner after each whether the ports are back: Restart-Service -Name of the one.",
        "A service keeps its sockets while the shared process lives, unless it closes them when it stops; in a process of its own they are closed with it.",
        ...apart.map((line) => `To give it a process of its own, from its next start on: ${line}`),
      ],
      consequence:
        "The command reads only. A service that is stopped does not do its work meanwhile; one that is given a process of its own shares no memory with the others any more, which not every service bears.",
      undo: services.map((service) => `sc.exe config ${quoted(service)} type= share`),
      checkFirst: ["Get-Service with -DependentServices for each: what else stops with it."],
    };
  },
};
