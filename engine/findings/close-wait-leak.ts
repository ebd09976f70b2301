/** A process does not close connections that their peers have closed. */
import type { CaptureCase } from "./case.ts";
import { type LeakKind, leakSighting, leaksOf } from "./leaks.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import type { Rule, Sighting } from "./rule.ts";
import { seeTraceLeak } from "./trace-leaks.ts";

/**
 * One port in a hundred of the pool (164 of the default one). Fewer than for other leaks: a connection in CLOSE_WAIT waits for its
 * own program alone (RFC 9293, 3.3.2), which will receive nothing more by it, so nobody keeps many on purpose.
 */
const CLOSE_WAIT_PART = 0.01;

const CLOSE_WAIT: LeakKind = {
  pattern: "CloseWaitLeak",
  protocol: "tcp",
  portsOf: ({ closeWait }) => closeWait,
  leastPart: CLOSE_WAIT_PART,
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  leaksOf(seen, CLOSE_WAIT).map((leak) =>
    leakSighting(seen, leak, "in CLOSE_WAIT: the peer has closed the connection, the process has not"),
  );

export const closeWaitLeak: Rule = {
  id: "close-wait-leak",
  title: "Leak of connections in CLOSE_WAIT",
  why: "Windows waits for the process itself to close these connections; each keeps its port until then.",
  advice:
    "Restart what holds them, as the remedies tell; its maker has to close a connection when the peer has, also where reading it failed.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTraceLeak("CloseWaitLeak") },
};
