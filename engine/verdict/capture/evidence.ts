/** What a verdict on a capture rests on. */
import type { Snapshot } from "../../artifacts/snapshot.ts";
import type { Accounts } from "../../pools/accounts.ts";

export interface CaptureEvidence {
  readonly snapshot: Snapshot;
  readonly accounts: Accounts;
}
