/** How a provider is declared: its GUID and its events as tables. A table row is one version of one event. */
import type { Layout } from "../bytes/layout.ts";

export interface EventLayout {
  /** Event id; type (opcode) of a classic or kernel event. */
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly fields: Layout;
}

export interface Provider {
  readonly name: string;
  readonly guid: string;
  /** Manifest events are known by id; classic ones (also written by the kernel) by type. */
  readonly form: "manifest" | "classic";
  readonly events: readonly EventLayout[];
}
