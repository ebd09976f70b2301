/** A process keeps sockets that are bound and neither connected nor listening. */
import { count } from "../verdict/phrases.ts";
import type { CaptureCase, TraceCase } from "./case.ts";
import { leakSighting, leaksOf } from "./leaks.ts";
import { ofTrace } from "./names.ts";
import { CAPTURE_NEEDS, TRACE_NEEDS } from "./needs.ts";
import type { Rule, Sighting } from "./rule.ts";

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  leaksOf(seen, "tcp", "bound").map((leak) => leakSighting(seen, leak, "bound, neither connected nor listening"));

const seeTrace = ({ shortage: { suspicion } }: TraceCase): readonly Sighting[] =>
  suspicion === null || suspicion.pattern !== "BoundLeak"
    ? []
    : [
        {
          severity: "Critical",
          protocol: "tcp",
          summary: suspicion.reason,
          evidence: [`${count(suspicion.ports, "port")} speak against it.`],
          process: ofTrace(suspicion.process),
        },
      ];

export const boundLeak: Rule = {
  id: "bound-leak",
  title: "Leak of bound sockets",
  why: "Each of these sockets keeps an ephemeral port until it is closed. netstat without -q and most tools do not show them, so the ports seem to be gone without a user.",
  advice:
    "Restart the process that holds them; its maker has to close sockets on every path, failed connects first of all.",
  capture: { needs: [CAPTURE_NEEDS.allTcp], see: seeCapture },
  trace: { needs: [TRACE_NEEDS.calls], see: seeTrace },
};
