// What a scenario of a machine is: a story, and what an analysis of its capture has to say. Numbers are written down by hand
// from the story, never computed from the capture. Rules: docs/design.md, "The level of a pool" to "A port's owner".

import type { Machine, Protocol } from "../machine.ts";

export type Level = "Healthy" | "Elevated" | "Critical" | "Exhausted" | "Unknown";

export const EXIT_CODES: Readonly<Record<Level, number>> = {
  Healthy: 0,
  Elevated: 1,
  Critical: 2,
  Exhausted: 3,
  Unknown: 10,
};

export type ExpectedPool = {
  readonly protocol: Protocol;
  readonly family?: "ipv4" | "ipv6" | null;
  readonly capacity?: number;
  readonly used: number;
  readonly excluded?: number;
  readonly largestFreeRun?: number;
  readonly free64Blocks?: number;
  readonly free4096Blocks?: number;
  readonly level?: Level;
  readonly byClass?: Readonly<Record<string, number>>;
  readonly byFamily?: { readonly ipv4: number; readonly ipv6: number };
};

export type ExpectedOwner = {
  readonly processId: number;
  readonly protocol: Protocol;
  readonly ports: number;
  readonly processName?: string | null;
  readonly services?: readonly string[];
  readonly bound?: number;
  readonly connected?: number;
  readonly listening?: number;
  readonly closeWait?: number;
  readonly timeWait?: number;
  readonly udp?: number;
  readonly likelyTimeWait?: number;
  readonly creator?: "running" | "ended" | "recycled" | "unknown";
  readonly holder?: { readonly processId: number; readonly processName: string; readonly ports: number } | null;
};

export type ExpectedHandles = {
  readonly processId: number;
  readonly status?: string;
} & Readonly<
  Partial<
    Record<
      | "handles"
      | "sockets"
      | "ports"
      | "boundOnly"
      | "connected"
      | "listening"
      | "udp"
      | "unbound"
      | "otherSockets"
      | "helpers"
      | "unknown"
      | "shared"
      | "fileHandles"
      | "allHandles"
      | "inspected"
      | "refused",
      number
    >
  >
>;

export type ExpectedVerdict = {
  readonly level: Level;
  readonly pattern: string;
  /** PID, or null: nobody may be accused. */
  readonly culprit: number | null;
  readonly pool?: Protocol | null;
  readonly confidence?: "High" | "Medium" | "Low";
  readonly pools?: readonly ExpectedPool[];
  readonly owners?: readonly ExpectedOwner[];
  readonly handles?: readonly ExpectedHandles[];
  /** Said among the reasons, for people. */
  readonly reason?: RegExp;
};

export type MachinePlot = {
  /** One line for people. */
  readonly tells: string;
  readonly tale: () => Machine;
  readonly expected: ExpectedVerdict;
};
