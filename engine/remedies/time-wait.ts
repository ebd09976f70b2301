/**
 * TcpTimedWaitDelay: how long a closed connection keeps its ports. Microsoft documents 30 to 300 seconds, and 120 or 240 as default, for
 * Windows up to Server 2008; no current page says what newer Windows makes of it. So it is told with the doubt, last.
 */
import type { CaptureSettings } from "../generated/records.ts";
import { LONGEST_DEFAULT, LONGEST_DOCUMENTED, SHORTEST_DOCUMENTED } from "../findings/time-wait-delay.ts";
import type { RemedyCase } from "./case.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

const KEY = "'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters'";
const NAME = "TcpTimedWaitDelay";

/** Half of the shortest default that is documented, and twice the least that is accepted. */
const SHORTER = 60;

const setValue = (seconds: number): string =>
  `New-ItemProperty -Path ${KEY} -Name ${NAME} -PropertyType DWord -Value ${seconds} -Force`;
const REMOVE = `Remove-ItemProperty -Path ${KEY} -Name ${NAME}`;
const SHOW = `Get-ItemProperty -Path ${KEY} | Format-List -Property ${NAME}`;

const MEASURE =
  "Measure before and after: two snapshots of New-PortSnapshot some minutes apart, and how long the same ports stay in TIME_WAIT.";

/** Undefined where no capture tells whether it is set. */
const delayOf = ({ capture }: RemedyCase): CaptureSettings["tcpTimedWaitDelay"] | undefined => {
  const isRead = capture?.snapshot.coverage.some(({ kind, status }) => kind === "tcp-settings" && status === "read");
  return isRead === true ? capture?.snapshot.settings.tcpTimedWaitDelay : undefined;
};

const FACTS = {
  phase: "Lasting",
  reboot: true,
  reversible: true,
  sources: [SOURCES.timedWaitDelay, SOURCES.timedWaitDelayBizTalk, SOURCES.tcpSpecification],
} as const;

/** Not told where the value is so long that it is to be removed: that is another remedy for the same value. */
export const shortenTimeWait: RemedyRule = {
  id: "shorten-time-wait",
  title: `Shorten TIME_WAIT to ${SHORTER} seconds`,
  risk: "Medium",
  ...FACTS,
  willNotFix: [
    "What opens and closes so many connections.",
    "Ports that are held by open or bound sockets.",
    "Too many connections to one destination, beyond the shorter wait.",
  ],
  tell: ({ severity, summary }, seen) => {
    const delay = delayOf(seen);
    if (delay === undefined || severity === "Information") return null;
    if (delay !== null && (delay <= SHORTER || delay > LONGEST_DEFAULT)) return null;
    return {
      reason: `${summary} ${NAME} is ${delay === null ? "not set" : `${delay} seconds`}.`,
      commands: [setValue(SHORTER)],
      advice: [
        "First have the program use its connections again: it needs fewer ports then, without this.",
        `Microsoft's pages on ${NAME} are for Windows up to Server 2008; whether a newer one heeds it, they do not say. ${MEASURE}`,
      ],
      consequence:
        "All connections of the machine leave TIME_WAIT sooner. A segment that is late by more than that can reach a new connection with the same ports.",
      undo: [delay === null ? REMOVE : setValue(delay)],
      checkFirst: [SHOW],
    };
  },
};

export const resetTimeWait: RemedyRule = {
  id: "reset-time-wait",
  title: `Remove ${NAME}`,
  risk: "Low",
  ...FACTS,
  willNotFix: ["What opens and closes so many connections."],
  tell: ({ summary }, seen) => {
    const delay = delayOf(seen) ?? null;
    if (delay === null || (delay >= SHORTEST_DOCUMENTED && delay <= LONGEST_DEFAULT)) return null;
    const isDoubtful = delay < SHORTEST_DOCUMENTED || delay > LONGEST_DOCUMENTED;
    return {
      title: `Remove ${NAME}, which is ${delay}`,
      reason: summary,
      commands: [REMOVE],
      advice: [
        isDoubtful
          ? `Microsoft's pages allow ${SHORTEST_DOCUMENTED} to ${LONGEST_DOCUMENTED} seconds, one of them less; what current Windows makes of ${delay} they do not say.`
          : `The longest default in Microsoft's pages is ${LONGEST_DEFAULT} seconds: with ${delay}, closed connections keep their ports longer.`,
        MEASURE,
      ],
      consequence: "After the restart, connections stay in TIME_WAIT as long as Windows does by itself.",
      undo: [setValue(delay)],
      checkFirst: [SHOW],
    };
  },
};
