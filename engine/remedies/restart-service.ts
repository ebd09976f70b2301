/** The process that holds the ports runs one service: its sockets are closed when it stops. */
import { processText } from "../verdict/phrases.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { EVIDENCE_FIRST, meansOf, quotedName, sharersAdvice } from "./processes.ts";
import { SOURCES } from "./sources.ts";

export const restartService: RemedyRule = {
  id: "restart-service",
  title: "Restart the service that holds the ports",
  phase: "Now",
  risk: "Medium",
  reboot: false,
  reversible: false,
  willNotFix: ["The leak itself: the ports will be used up again, as fast as before."],
  sources: [SOURCES.portExhaustion, SOURCES.restartService, SOURCES.canStop, SOURCES.dnscacheNotStoppable],
  tell: (finding, seen) => {
    const means = meansOf(finding, seen);
    if (means.kind !== "service") return null;
    const { processId, processName, summary } = finding;
    const name = quotedName(means.service);
    return {
      title: `Restart the service ${means.service}`,
      reason: summary,
      commands: [`Restart-Service -Name ${name} -Force`],
      advice: sharersAdvice(finding, seen),
      consequence: `The service stops, and ${processText({ processId, name: processName })} ends and closes its sockets; then the service starts anew. Services that depend on it are restarted too. Windows frees the ports at once, those of its open connections after TIME_WAIT.`,
      undo: [],
      checkFirst: [
        `Get-Service -Name ${name} -DependentServices`,
        `(Get-Service -Name ${name}).CanStop, which must say True: some services of Windows do not stop, and then a restart of the machine is what is left.`,
        EVIDENCE_FIRST,
      ],
    };
  },
};
