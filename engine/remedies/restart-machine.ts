/** What holds the ports can be neither stopped nor ended: the restart of the machine is what is left. */
import { processText } from "../verdict/phrases.ts";
import { EVIDENCE_FIRST, meansOf } from "./processes.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

export const restartMachine: RemedyRule = {
  id: "restart-machine",
  title: "Restart the machine",
  phase: "Now",
  risk: "High",
  reboot: true,
  reversible: false,
  willNotFix: [
    "The cause: the ports will be used up again, as fast as before.",
    "What is needed to find the cause: a restart destroys it.",
  ],
  sources: [
    SOURCES.portExhaustion,
    SOURCES.restartComputer,
    SOURCES.criticalProcesses,
    SOURCES.protectedServices,
    SOURCES.rpcNotStoppable,
    SOURCES.dnscacheNotStoppable,
    SOURCES.dnscacheDenied,
  ],
  tell: (finding, seen) => {
    const { kind } = meansOf(finding, seen);
    if (kind !== "rest" && kind !== "kernel") return null;
    const { processId, processName, services, summary } = finding;
    const who = processText({ processId, name: processName });
    const what = services.length > 0 ? `${who} with ${services.join(", ")}` : who;
    return {
      reason: summary,
      commands: ["Restart-Computer"],
      advice: [`${what} can be neither stopped nor ended while Windows runs.`],
      consequence: "All users and programs of the machine are interrupted. Who is signed in loses what is not saved.",
      undo: [],
      checkFirst: [EVIDENCE_FIRST, "quser.exe, which tells who is signed in."],
    };
  },
};
