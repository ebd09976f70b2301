/** A process has many AFD handles that hold no port. Whether that is a leak the verdict's predicate says. */
import {
  LEAKED_PORTLESS,
  type Portless,
  portlessKinds,
  portlessOwners,
  portlessText,
} from "../verdict/capture/handles.ts";
import { count, number } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { ofSnapshot } from "./names.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import type { Rule, Sighting } from "./rule.ts";

const restText = ({ owner: { ports, helpers, unknown, handles } }: Portless): string | null => {
  const others = [
    ports === 0 ? null : `others are to sockets with ${count(ports, "port")}`,
    helpers === 0 ? null : `${number(helpers)} ${helpers === 1 ? "is a helper" : "are helpers"} of event loops`,
    unknown === 0 ? null : `${number(unknown)} could not be asked what they are`,
  ].filter((each) => each !== null);
  return others.length === 0 ? null : `Of its ${number(handles)} AFD handles, ${others.join(", ")}.`;
};

const PART_TEXT: Readonly<Partial<Record<Portless["owner"]["status"], string>>> = {
  sampled: "Its handles were looked at in part: there are more.",
  partial: "Its handles were looked at in part: there are more.",
};

const sightingOf = (seen: CaptureCase, portless: Portless): Sighting => {
  const { owner, handles } = portless;
  const evidence = [portlessKinds(portless), restText(portless), PART_TEXT[owner.status]];
  return {
    severity: handles >= LEAKED_PORTLESS ? "Warning" : "Information",
    protocol: null,
    summary: portlessText(seen, portless),
    evidence: evidence.filter((each) => each !== undefined && each !== null),
    process: ofSnapshot(seen.snapshot, owner.processId),
  };
};

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  portlessOwners(seen).map((portless) => sightingOf(seen, portless));

export const afdHandleLeak: Rule = {
  id: "afd-handle-leak",
  title: "Many AFD handles without ports",
  why: "These handles take no ephemeral port, so they are not why ports are short; but each costs non-paged pool, and when that is used up, calls fail with the same error as for want of ports (10055).",
  advice:
    "Watch whether the number grows (Get-AfdHandleOwner); if it does, restart the process, and give its maker the number and the kind of the handles.",
  capture: { needs: [CAPTURE_NEEDS.handles], see: seeCapture },
};
