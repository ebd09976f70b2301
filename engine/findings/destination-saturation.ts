/** One remote endpoint has most of the local ports that it can have, while others could still be reached. */
import { saturatedDestination } from "../verdict/capture/destination.ts";
import { endpointText, whoIs } from "../verdict/capture/names.ts";
import { count, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import { severityOfPart } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

const NAMED = 3;

const seeCapture = (seen: CaptureCase): readonly Sighting[] => {
  const found = saturatedDestination(seen);
  if (found === null) return [];
  const { destination, room, part, isShared, collisions } = found;
  const { address, port, ports, timeWait, processes } = destination;
  const who = processes
    .slice(0, NAMED)
    .map((each) => `${whoIs(seen.snapshot, each.processId)} ${number(each.ports)}`)
    .join(", ");
  const evidence = [
    timeWait > 0
      ? `${number(timeWait)} of them are in TIME_WAIT, and their pairs cannot be used until that is over.`
      : null,
    who === "" ? null : `Open connections to it, by process: ${who}.`,
    collisions > 0
      ? `Windows logged ${count(collisions, "event")} 4227 in the day before: a connection failed since its pair of endpoints had been in use moments before. The event does not say which endpoint it was.`
      : null,
    isShared
      ? "The auto-reuse range lets different endpoints share a port, but one endpoint can have each port once only."
      : null,
  ];
  return [
    {
      severity: severityOfPart(part),
      protocol: "tcp",
      summary: `Connections to ${endpointText(address, port)} take ${number(ports)} of the ${count(room, "local port")} ${isShared ? "of the auto-reuse range" : "that they can have"} (${percent(part)}).`,
      evidence: evidence.filter((text) => text !== null),
      process: NOBODY,
    },
  ];
};

const seeTrace = ({ shortage: { destination } }: TraceCase): readonly Sighting[] =>
  destination === null
    ? []
    : [
        {
          severity: "Critical",
          protocol: "tcp",
          summary: `${number(destination.failures)} of ${count(destination.connects, "connect")} to ${destination.remote} found no local port for that endpoint.`,
          evidence: [
            "What failed were connects to that endpoint for the most part: ports for other endpoints may have been free.",
          ],
          process: NOBODY,
        },
      ];

export const destinationSaturation: Rule = {
  id: "destination-saturation",
  title: "One remote endpoint is short of local ports",
  why: "To one remote address and port there can be as many connections as there are local ports, TIME_WAIT included: calls to it fail although the pool has free ports for others.",
  advice:
    "Keep and reuse connections to it first; then give it more addresses or ports, or call it from more local addresses. An auto-reuse range does not help here.",
  capture: { needs: [CAPTURE_NEEDS.tcp, CAPTURE_NEEDS.events], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.connects, TRACE_NEEDS.whole], see: seeTrace },
};
