/** Ranges of ports as Windows configures them. */
import type { Family, Transport } from "./socket-row.ts";

export interface DynamicRange {
  readonly protocol: Transport;
  /** Null where the source does not say. */
  readonly family: Family | null;
  readonly start: number;
  readonly ports: number;
}

/** Ports that are given to nobody who asks for any port. */
export interface ExcludedRange {
  readonly protocol: Transport | null;
  readonly family: Family | null;
  readonly startPort: number;
  /** Inclusive. */
  readonly endPort: number;
  /** Marked with an asterisk by netsh: made by an administrator and kept over restarts. */
  readonly isAdministered: boolean;
}
