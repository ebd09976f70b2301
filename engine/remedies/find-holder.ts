/** Ports are held, and who holds them was not seen: handles tell, which only an administrator can read. */
import type { Finding } from "../generated/records.ts";
import { isAllSeen } from "../artifacts/sight.ts";
import { TRANSPORTS } from "../model/socket-row.ts";
import { OF_THE_POOL } from "./kinds.ts";
import { meansOf } from "./processes.ts";
import type { RemedyCase } from "./case.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { SOURCES } from "./sources.ts";

/** Where a capture shows all ports of the protocol, it shows who has them; a trace shows no handles. */
const isUnseen = ({ protocol }: Finding, { capture }: RemedyCase): boolean =>
  capture === null ||
  TRANSPORTS.some((each) => (protocol ?? each) === each && !isAllSeen(capture.snapshot.sight, each));

/** A pool is full of something; that its finding names nobody is no news where another finding, or the verdict, says what it is. */
const isExplained = ({ findings, leading }: RemedyCase): boolean =>
  leading !== null || findings.some(({ processId }) => processId !== null);

const isWanted = (finding: Finding, seen: RemedyCase): boolean => {
  if (meansOf(finding, seen).kind !== "gone") return false;
  return (
    !OF_THE_POOL.includes(finding.id) ||
    (finding.severity === "Critical" && isUnseen(finding, seen) && !isExplained(seen))
  );
};

export const findHolder: RemedyRule = {
  id: "find-holder",
  title: "Find the process that holds the ports now",
  phase: "Investigate",
  risk: "None",
  reboot: false,
  reversible: true,
  willNotFix: [
    "The shortage: it tells whom to restart.",
    "Ports of the kernel, of protected processes and of containers: their handles cannot be read.",
  ],
  sources: [SOURCES.socketCreator, SOURCES.portExhaustion],
  tell: (finding, seen) => {
    if (!isWanted(finding, seen)) return null;
    return {
      reason: finding.summary,
      commands: ["Get-AfdHandleOwner -Top 10", "New-PortSnapshot"],
      advice: [
        "Run both as administrator, on the machine itself: only then are the handles of services read.",
        "Windows names the process that opened a socket, even when it has ended and its PID belongs to another one: end nobody by that PID alone.",
      ],
      consequence:
        "Reads only. Handles are duplicated for a moment each, which software that watches for attacks may report.",
      undo: [],
      checkFirst: [],
    };
  },
};
