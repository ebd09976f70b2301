/** A process keeps sockets that are bound and neither connected nor listening. */
import { boundText } from "../verdict/capture/culprit.ts";
import type { CaptureCase } from "./case.ts";
import { LEAK_PART, type LeakKind, leakSighting, leaksOf } from "./leaks.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import type { Rule, Sighting } from "./rule.ts";
import { seeTraceLeak } from "./trace-leaks.ts";

const BOUND: LeakKind = {
  pattern: "BoundLeak",
  protocol: "tcp",
  portsOf: ({ bound }) => bound,
  leastPart: LEAK_PART,
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  leaksOf(seen, BOUND).map((leak) => leakSighting(seen, leak, boundText(seen)));

export const boundLeak: Rule = {
  id: "bound-leak",
  title: "Leak of bound sockets",
  why: "Each of these sockets keeps an ephemeral port until it is closed. netstat without -q and most tools do not show them, so the ports seem to be gone without a user.",
  advice:
    "Restart what holds them, as the remedies tell; its maker has to close sockets on every path, failed connects first of all.",
  capture: { needs: [CAPTURE_NEEDS.allTcp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTraceLeak("BoundLeak") },
};
