// capture.json: what was asked of a machine and what came of it. Sources: docs/capture-format.md and
// engine/contract/capture.schema.json, written down here a second time as types.

import type { Inspection } from "./machine/inspection.ts";
import type { Family, Protocol } from "./machine.ts";

export const CAPTURE_JSON = "capture.json";
export const CONTRACT = 1;

export type Artifact = {
  readonly name: string;
  readonly kind: string;
  readonly status: "read" | "partial" | "refused" | "failed" | "absent";
  readonly reason: string | null;
  readonly entry: string | null;
  readonly protocol: Protocol | null;
  readonly family: Family | null;
  readonly tableClass: number | null;
};

export type CaptureJson = {
  readonly format: string;
  readonly contract: number;
  readonly tool: string;
  readonly machine: {
    readonly name: string;
    readonly osBuild: number | null;
    readonly time: string;
    readonly pointerSize: 4 | 8;
    readonly elevated: boolean | null;
    readonly debugPrivilege: boolean | null;
    readonly wine: boolean;
  };
  readonly artifacts: readonly Artifact[];
  readonly processes: readonly {
    readonly processId: number;
    readonly parentId: number | null;
    readonly name: string;
    readonly path: string | null;
    readonly created: string | null;
    readonly session: number | null;
  }[];
  readonly services: readonly { readonly processId: number; readonly name: string }[];
  readonly ranges: readonly {
    readonly protocol: Protocol;
    readonly family: Family | null;
    readonly start: number;
    readonly ports: number;
  }[];
  readonly autoReuseRanges: CaptureJson["ranges"];
  readonly settings: { readonly tcpTimedWaitDelay: number | null; readonly maxUserPort: number | null };
  readonly events: readonly { readonly id: number; readonly time: string | null }[];
  readonly probes: readonly {
    readonly protocol: Protocol;
    readonly family: Family;
    readonly port: number | null;
    readonly error: number | null;
  }[];
  readonly inspections: readonly Inspection[];
};
