/**
 * The process that holds the ports is no service: it has to end, and to be started again by its own means. Windows remembers who opened a
 * socket, not who has it (microsoft/WSL#652): where a process has sockets of others that ended, it is the one to end, never a
 * process that got an old PID. The commands compare the name, so that they do nothing to another process that has the PID by now.
 */
import type { Finding } from "../generated/records.ts";
import { processText } from "../verdict/phrases.ts";
import { EVIDENCE_FIRST, holdsOthersPorts, meansOf, quoted, sharersAdvice } from "./processes.ts";
import type { RemedyRule, Told } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

const FACTS = {
  phase: "Now",
  risk: "Medium",
  reboot: false,
  reversible: false,
} as const;

const WORKER_OF_IIS = "w3wp";

const iisAdvice = (name: string): readonly string[] =>
  name.toLowerCase() === WORKER_OF_IIS
    ? [
        "It serves an application pool of IIS, which starts another one when it ends. Gentler: `appcmd.exe list wp` tells the pool of the PID, and Restart-WebAppPool recycles it.",
      ]
    : [];

const ending = ({ processId, processName, summary }: Finding, name: string): Omit<Told, "title" | "advice"> => ({
  reason: summary,
  commands: [`Get-Process -Id ${processId} | Where-Object { $_.Name -eq ${quoted(name)} } | Stop-Process -Force`],
  consequence: `${processText({ processId, name: processName })} ends without saving: what it is doing is lost, and who uses it sees it fail. Windows closes its sockets and frees the ports, those of open connections after TIME_WAIT. Where another process has the PID by now, the command does nothing.`,
  undo: [],
  checkFirst: [
    `Get-Process -Id ${processId} | Format-List -Property Id, Name, StartTime, Path`,
    `Get-CimInstance -ClassName Win32_Process -Filter 'ProcessId = ${processId}' | Format-List -Property CommandLine, ParentProcessId, which tells how to start it again.`,
    EVIDENCE_FIRST,
  ],
});

export const restartProcess: RemedyRule = {
  id: "restart-process",
  title: "End the process that holds the ports, and start it again",
  ...FACTS,
  willNotFix: ["The leak itself: the ports will be used up again, as fast as before."],
  sources: [SOURCES.portExhaustion, SOURCES.stopProcess, SOURCES.criticalProcesses, SOURCES.restartAppPool],
  tell: (finding, seen) => {
    const means = meansOf(finding, seen);
    if (means.kind !== "process" || holdsOthersPorts(finding, seen)) return null;
    const { processId, processName } = finding;
    return {
      title: `End ${processText({ processId, name: processName })} and start it again`,
      ...ending(finding, means.name),
      advice: [
        ...sharersAdvice(finding, seen),
        "Where the program has a way to stop that saves its work, stop it so; the command is for when it has none.",
        ...iisAdvice(means.name),
        "Start it again as it was started: by its own menu, script, scheduled task or parent.",
      ],
    };
  },
};

export const endHolder: RemedyRule = {
  id: "end-holder",
  title: "End the process that holds sockets which others opened",
  ...FACTS,
  willNotFix: [
    "The program that hands its sockets on: the next process that it starts gets them too.",
    "Sockets to which yet another process has a handle: they stay until that one ends too.",
  ],
  sources: [SOURCES.socketCreator, SOURCES.stopProcess, SOURCES.criticalProcesses, SOURCES.noInherit],
  tell: (finding, seen) => {
    const means = meansOf(finding, seen);
    if (means.kind !== "process" || !holdsOthersPorts(finding, seen)) return null;
    const { processId, processName } = finding;
    return {
      title: `End ${processText({ processId, name: processName })}, which holds sockets that another process opened`,
      ...ending(finding, means.name),
      advice: [
        ...sharersAdvice(finding, seen),
        "The PID that tables of ports name is that of the process that opened the sockets. It may have ended, and belong to another program by now: leave that one alone.",
        "For the maker of the program that opened them: sockets that a child must not get are made with WSA_FLAG_NO_HANDLE_INHERIT (Windows 7 SP1 and later), or the child is started without inherited handles.",
      ],
    };
  },
};
