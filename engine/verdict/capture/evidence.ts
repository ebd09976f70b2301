/** What a verdict on a capture rests on. */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { Transport } from "../../model/socket-row.ts";
import type { Accounts } from "../../pools/accounts.ts";

export interface CaptureEvidence {
  readonly snapshot: Snapshot;
  readonly accounts: Accounts;
}

/** All ports of the protocol that are in use can be seen, as far as Windows shows them at all. */
export const isAllSeen = ({ sight }: Snapshot, protocol: Transport): boolean =>
  sight[protocol] === "whole" && (protocol === "udp" || sight.bound);
