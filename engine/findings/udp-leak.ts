/** A process keeps UDP sockets. Ports that it asked for by number are its own choice and do not count. */
import { isDnsPool } from "./by-design.ts";
import type { CaptureCase } from "./case.ts";
import { LEAK_PART, type Leak, type LeakKind, leakSighting, leaksOf } from "./leaks.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import type { Rule, Sighting } from "./rule.ts";
import { seeTraceLeak } from "./trace-leaks.ts";

const CHOSEN = "Ports that were asked for by number are not among them, where the source tells which those are.";

const UDP: LeakKind = { pattern: "UdpLeak", protocol: "udp", portsOf: ({ udp }) => udp, leastPart: LEAK_PART };

/** What is known by design is no leak, unless the pool is filled by it. */
const isLeak =
  ({ snapshot }: CaptureCase) =>
  ({ held, ports, isShortage }: Leak): boolean =>
    isShortage || !isDnsPool(snapshot, held.processId, ports);

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  leaksOf(seen, UDP)
    .filter(isLeak(seen))
    .map((leak) => leakSighting(seen, leak, "", [CHOSEN]));

export const udpLeak: Rule = {
  id: "udp-leak",
  title: "Leak of UDP sockets",
  why: "A UDP socket keeps its port until it is closed; there is no state that ends by itself. Without free UDP ports, DNS queries fail first, and with them everything that needs a name.",
  advice:
    "Restart what holds them, as the remedies tell; its maker has to close the sockets, or use one for many peers.",
  capture: { needs: [CAPTURE_NEEDS.udp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTraceLeak("UdpLeak") },
};
